import type { Contact } from "@partyline/domain/contact";
import type { E164 } from "@partyline/domain/phone-number";
import type { Context } from "../../context.ts";
import { findContactIdsByPhone, findContacts, type ContactSearch } from "../../store/contacts.ts";
import { findKnownContacts } from "../../store/directory-contacts.ts";
import { inWorkspace } from "../../store/tenant.ts";
import { DirectoryError, type Directory } from "../directory.ts";
import { learnContacts, learnFromList, type Answer } from "../learn-contacts.ts";
import type { HighLevelClient } from "./client.ts";
import type { Urgency } from "./request-gate.ts";

export type Asking = Pick<Context, "database" | "wakeups" | "now" | "log"> & {
  workspaceId: string;
  client: HighLevelClient;
};

/** For so long nobody asks again; webhooks tell sooner of what matters. */
const FRESH_MS = 30_000;
const PHONE_MATCHES_MAX = 20;

/** HighLevel's contacts; the contact table is a cache of them that is brought up to date before it answers. */
export function highLevelDirectory(asking: Asking): Directory {
  const { database, workspaceId, client } = asking;
  const read = (ids: readonly string[]) =>
    inWorkspace(database, workspaceId, (trx) => findContacts(trx, workspaceId, ids));
  return {
    kind: "highlevel",
    writable: false,
    async resolve({ ids, phones }) {
      const listed = await Promise.all(phones.map((phone) => idsWithPhone(asking, phone)));
      await freshen(asking, [...ids, ...listed.flat()]);
      return inWorkspace(database, workspaceId, async (trx) => {
        const byPhone = await findContactIdsByPhone(trx, workspaceId, phones);
        const wanted = [...ids, ...byPhone.map((pair) => pair.contactId)];
        return { contacts: await findContacts(trx, workspaceId, wanted), byPhone };
      });
    },
    search: (search) => searchFor(asking, search),
    async get(id) {
      await freshen(asking, [id]);
      return (await read([id])).at(0);
    },
    users: () => client.users("now"),
    numbers: () => client.numbers("now"),
  };
}

/**
 * Those the CRM finds by this number, and those known here: the CRM's search may not look at additional phones, and may
 * not answer at all.
 */
async function idsWithPhone({ database, workspaceId, client, log }: Asking, phone: E164): Promise<string[]> {
  const pairs = await inWorkspace(database, workspaceId, (trx) => findContactIdsByPhone(trx, workspaceId, [phone]));
  const known = pairs.map((pair) => pair.contactId);
  const everybody = { query: "", assignedTo: null, page: 1, pageSize: PHONE_MATCHES_MAX };
  const listed = await client.list({ ...everybody, phone }).catch(failureOf);
  if (!(listed instanceof DirectoryError)) return [...listed.contacts.map((contact) => contact.id), ...known];
  if (known.length === 0) throw listed;
  log.warn({ reason: listed.code }, "a phone is looked up among those known only");
  return known;
}

/** The CRM's own order and total; a page shorter than asked for is the last. */
async function searchFor(asking: Asking, search: ContactSearch): Promise<{ contacts: Contact[]; total: number }> {
  const { database, workspaceId, client } = asking;
  const { contacts: listed, total } = await client.list({
    query: search.query,
    assignedTo: search.ownerId,
    phone: null,
    page: Math.floor(search.offset / search.limit) + 1,
    pageSize: search.limit,
  });
  await learnFromList(asking, workspaceId, listed);
  const ids = listed.map((contact) => contact.id);
  const found = await inWorkspace(database, workspaceId, (trx) => findContacts(trx, workspaceId, ids));
  const byId = new Map(found.map((contact) => [contact.id, contact]));
  const contacts = ids.flatMap((id) => byId.get(id) ?? []);
  // The index may still list somebody who was deleted, or found under an owner they no longer have.
  const now = contacts.filter(
    ({ deletedAt, ownerId }) => deletedAt === null && (search.ownerId === null || ownerId === search.ownerId),
  );
  return { contacts: now, total: Math.max(0, total - (contacts.length - now.length)) };
}

/**
 * Asks for those nobody asked for lately. Where the CRM does not answer, somebody known stays as known; only somebody
 * unknown makes it fail.
 */
async function freshen(asking: Asking, ids: readonly string[]): Promise<void> {
  const { database, workspaceId, now, log } = asking;
  const wanted = [...new Set(ids)];
  const known = await inWorkspace(database, workspaceId, (trx) => findKnownContacts(trx, workspaceId, wanted));
  const since = new Date(now().getTime() - FRESH_MS);
  const stale = wanted.filter((id) => (known.get(id)?.askedAt ?? new Date(0)) < since);
  const outcomes = await Promise.all(stale.map((id) => askFor(asking, id, "now").catch(failureOf)));
  await learnContacts(
    asking,
    workspaceId,
    outcomes.flatMap((outcome) => (outcome instanceof DirectoryError ? [] : outcome)),
  );
  const failed = outcomes.map((outcome, index) => ({ outcome, id: stale[index] ?? "" }));
  for (const { outcome, id } of failed) {
    if (!(outcome instanceof DirectoryError)) continue;
    if (!known.has(id)) throw outcome;
    log.warn({ reason: outcome.code }, "a contact is shown as last known");
  }
}

function failureOf(error: unknown): DirectoryError {
  if (error instanceof DirectoryError) return error;
  throw error;
}

/** One contact, as the CRM has it now. */
export async function askFor(
  { client, now }: Pick<Asking, "client" | "now">,
  id: string,
  urgency: Urgency,
): Promise<Answer & { dateUpdated: string | null }> {
  const askedAt = now();
  const found = await client.contact(id, urgency);
  return { id, contact: found?.contact ?? null, askedAt, dateUpdated: found?.dateUpdated ?? null };
}
