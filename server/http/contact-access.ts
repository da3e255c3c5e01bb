import { maySeeContact } from "@partyline/domain/access";
import type { Actor } from "./request.ts";

/** Rule R10 for contacts; an API key stands for the whole directory. */
export function maySee(actor: Actor, contact: { ownerId: string | null }): boolean {
  return actor.kind === "api_key" || maySeeContact(actor.member, contact);
}

/** The CRM user whose contacts alone this actor sees; null when they see everybody's. */
export function onlyOwnedBy(actor: Actor): string | null {
  if (actor.kind === "api_key" || !actor.member.assignedDataOnly) return null;
  // Matched to nobody in the CRM: then no contact is theirs, and no owner's id is empty.
  return actor.member.crmUserId ?? "";
}
