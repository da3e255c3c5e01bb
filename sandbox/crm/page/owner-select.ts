import type { ContactList } from "../crm-contact.ts";
import { element } from "./element.ts";

type Owners = ContactList["owners"];

/** Fills a select with the owners; `first` is the choice above them. The current choice stays, even when its owner left. */
export function fillOwners(select: HTMLSelectElement, owners: Owners, first: [value: string, words: string][]): void {
  const choices = [...first, ...owners.map((owner) => [owner.crmUserId, owner.name] as const)];
  const chosen = select.value;
  if (chosen !== "" && !choices.some(([value]) => value === chosen)) choices.push([chosen, chosen]);
  const wanted = JSON.stringify(choices);
  if (select.dataset["choices"] === wanted) return;
  select.dataset["choices"] = wanted;
  select.replaceChildren(...choices.map(([value, words]) => element("option", { value }, words)));
  select.value = chosen;
}

export function nameOfOwner(owners: Owners, ownerId: string | null): string {
  if (ownerId === null) return "Unassigned";
  return owners.find((owner) => owner.crmUserId === ownerId)?.name ?? ownerId;
}
