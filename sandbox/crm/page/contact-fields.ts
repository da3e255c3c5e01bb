import type { ContactEdit, ContactList, CrmContact } from "../crm-contact.ts";
import { element } from "./element.ts";
import { fillOwners } from "./owner-select.ts";
import { createPhoneFields } from "./phone-fields.ts";

export type Editable = Pick<CrmContact, "name" | "ownerId" | "phones" | "tags">;

export interface ContactFields {
  nodes: HTMLElement[];
  fill(contact: Editable): void;
  offerOwners(owners: ContactList["owners"]): void;
  read(): ContactEdit;
}

/** What of a contact can be edited, as form fields. */
export function createContactFields(onChange: () => void): ContactFields {
  const name = element("input", { id: "contact-name", maxlength: "200", autocomplete: "off", dir: "auto" });
  const owner = element("select", { id: "contact-owner" });
  const tags = element("input", { id: "contact-tags", autocomplete: "off", placeholder: "buyer, open house" });
  const phones = createPhoneFields(onChange);
  for (const control of [name, owner, tags]) control.addEventListener("input", onChange);
  return {
    nodes: [
      field("contact-name", "Name", name),
      phones.node,
      field("contact-owner", "Owner", owner),
      field("contact-tags", "Tags", tags),
    ],
    fill(contact) {
      name.value = contact.name;
      ensureOption(owner, contact.ownerId);
      owner.value = contact.ownerId ?? "";
      tags.value = contact.tags.join(", ");
      phones.fill(contact.phones);
    },
    offerOwners: (owners) => fillOwners(owner, owners, [["", "Unassigned"]]),
    read: () => ({
      name: name.value.trim(),
      ownerId: owner.value || null,
      phones: phones.read(),
      tags: [...new Set(tags.value.split(",").map((tag) => tag.trim().slice(0, 60)))].filter((tag) => tag !== ""),
    }),
  };
}

/** A value that no option has would silently become empty, and be saved so. */
function ensureOption(select: HTMLSelectElement, value: string | null): void {
  if (value === null || [...select.options].some((option) => option.value === value)) return;
  select.append(element("option", { value }, value));
}

function field(id: string, words: string, control: HTMLElement): HTMLElement {
  return element("div", { class: "field" }, element("label", { for: id }, words), control);
}
