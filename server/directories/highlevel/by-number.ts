import type { E164 } from "@partyline/domain/phone-number";
import { findContactIdsByPhone } from "../../store/contacts.ts";
import { findKnownContacts } from "../../store/directory-contacts.ts";
import { inWorkspace } from "../../store/tenant.ts";
import { DirectoryError } from "../directory.ts";
import { learnFromList } from "../learn-contacts.ts";
import type { Asking } from "./highlevel.ts";
import { failureOf } from "./open-questions.ts";
import type { Urgency } from "./request-gate.ts";

const NUMBERS_PER_CALL = 10;
const MATCHES_PER_NUMBER = 20;

type Listing = Pick<Asking, "database" | "workspaceId" | "client">;

/**
 * Those the CRM finds by these numbers, and those known here: the CRM's search may not look at additional phones, and may
 * not answer at all.
 */
export async function idsWithPhones(asking: Listing & Pick<Asking, "log">, phones: readonly E164[]): Promise<string[]> {
  const pairs = await knownWith(asking, phones);
  const known = pairs.map((pair) => pair.contactId);
  const listed = await listWith(asking, phones, "now").catch(failureOf);
  if (!(listed instanceof DirectoryError)) return [...listed.map((contact) => contact.id), ...known];
  const found = new Set(pairs.map((pair) => pair.phone));
  if (!phones.every((phone) => found.has(phone))) throw listed;
  asking.log.warn({ reason: listed.code }, "phones are looked up among those known only");
  return known;
}

/**
 * Takes in whoever else the CRM has with the numbers of people in groups: a contact made anew, or a second one, may be on
 * do-not-disturb where theirs is not.
 * @returns of all that are known with these numbers then, those not asked for since `askedBefore`
 */
export async function learnHolders(
  asking: Listing & Pick<Asking, "wakeups" | "now">,
  { phones, askedBefore, urgency }: { phones: readonly E164[]; askedBefore: Date; urgency: Urgency },
): Promise<string[]> {
  const { database, workspaceId } = asking;
  await learnFromList(asking, workspaceId, await listWith(asking, phones, urgency));
  const ids = (await knownWith(asking, phones)).map((pair) => pair.contactId);
  const known = await inWorkspace(database, workspaceId, (trx) => findKnownContacts(trx, workspaceId, ids));
  return [...new Set(ids)].filter((id) => (known.get(id)?.askedAt ?? new Date(0)) < askedBefore);
}

function knownWith({ database, workspaceId }: Listing, phones: readonly E164[]) {
  return inWorkspace(database, workspaceId, (trx) => findContactIdsByPhone(trx, workspaceId, phones));
}

async function listWith({ client }: Listing, phones: readonly E164[], urgency: Urgency) {
  const wanted = [...new Set(phones)];
  const parts = Array.from({ length: Math.ceil(wanted.length / NUMBERS_PER_CALL) }, (_, index) =>
    wanted.slice(index * NUMBERS_PER_CALL, (index + 1) * NUMBERS_PER_CALL),
  );
  const everybody = { query: "", assignedTo: null, page: 1, urgency };
  const pages = await Promise.all(
    parts.map((part) => client.list({ ...everybody, phones: part, pageSize: part.length * MATCHES_PER_NUMBER })),
  );
  return pages.flatMap((page) => page.contacts);
}
