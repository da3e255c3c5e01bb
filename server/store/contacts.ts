import { sql } from "kysely";
import { isOnDoNotDisturb, type Contact } from "@partyline/domain/contact";
import { normalisePhone } from "@partyline/domain/phone-number";
import { fold, readPeopleSearch } from "@partyline/domain/search-text";
import type { Trx } from "./tenant.ts";

type ContactWrite = Omit<Contact, "deletedAt">;

/** Contacts of the built-in directory by id, deleted ones included: a group needs to know that they are. */
export async function findContacts(trx: Trx, workspaceId: string, ids: readonly string[]): Promise<Contact[]> {
  if (ids.length === 0) return [];
  const rows = await trx
    .selectFrom("contact")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .where(sql<boolean>`id = any(${ids}::text[])`)
    .execute();
  return rows.map(toContact);
}

/** The same, held until the transaction ends, so that a rule judged on them stays true until its result is stored. */
export async function holdContacts(trx: Trx, workspaceId: string, ids: readonly string[]): Promise<Contact[]> {
  if (ids.length === 0) return [];
  const rows = await trx
    .selectFrom("contact")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .where("id", "in", [...new Set(ids)])
    .orderBy("id")
    .forShare()
    .execute();
  return rows.map(toContact);
}

/** Those of these contacts that exist, until the transaction ends: what is read of them before a change is still so then. */
export async function holdForChange(trx: Trx, workspaceId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await trx
    .selectFrom("contact")
    .select("id")
    .where("workspace_id", "=", workspaceId)
    .where("id", "in", ids)
    .orderBy("id")
    .forNoKeyUpdate()
    .execute();
}

/** Since when each of these contacts is on do-not-disturb, as far as that is known. */
export async function findDoNotDisturbTimes(
  trx: Trx,
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, Date>> {
  if (ids.length === 0) return new Map();
  const rows = await trx
    .selectFrom("contact")
    .select(["id", "dnd_since"])
    .where("workspace_id", "=", workspaceId)
    .where("dnd_since", "is not", null)
    .where(sql<boolean>`id = any(${ids}::text[])`)
    .execute();
  return new Map(rows.flatMap(({ id, dnd_since }) => (dnd_since === null ? [] : [[id, dnd_since] as const])));
}

/** Existing contacts that have one of these numbers, as pairs. */
export async function findContactIdsByPhone(
  trx: Trx,
  workspaceId: string,
  phones: readonly string[],
): Promise<{ phone: string; contactId: string }[]> {
  if (phones.length === 0) return [];
  const rows = await trx
    .selectFrom("contact_phone")
    .select(["phone", "contact_id"])
    .where("workspace_id", "=", workspaceId)
    .where("phone", "in", [...new Set(phones)])
    .orderBy("contact_id")
    .execute();
  return rows.map((row) => ({ phone: row.phone, contactId: row.contact_id }));
}

export interface ContactSearch {
  /** Parts of a name in any order, or digits of a number, or both; empty lists everybody. */
  query: string;
  /** Only contacts of this owner; null for all. */
  ownerId: string | null;
  offset: number;
  limit: number;
}

export async function searchContacts(
  trx: Trx,
  workspaceId: string,
  search: ContactSearch,
): Promise<{ contacts: Contact[]; total: number }> {
  let query = trx.selectFrom("contact").where("workspace_id", "=", workspaceId).where("deleted_at", "is", null);
  if (search.ownerId !== null) query = query.where("owner_id", "=", search.ownerId);
  if (search.query.trim() !== "") query = query.where(matches(search.query));
  const { total } = await query.select(sql<number>`count(*)::int`.as("total")).executeTakeFirstOrThrow();
  const rows = await query
    .selectAll()
    .orderBy(sql`lower(name)`)
    .orderBy("id")
    .offset(search.offset)
    .limit(search.limit)
    .execute();
  return { contacts: rows.map(toContact), total };
}

function matches(query: string) {
  const { words, number } = readPeopleSearch(query);
  const conditions = words.map(inName);
  if (number !== null) {
    const named = number.words.map(inName);
    conditions.push(sql<boolean>`((${sql.join(named, sql` and `)}) or exists (
      select from contact_phone
      where contact_phone.workspace_id = contact.workspace_id and contact_id = contact.id
        and phone like ${`%${number.digits}%`}))`);
  }
  // Nothing but an apostrophe finds nobody.
  return conditions.length === 0 ? sql<boolean>`false` : sql<boolean>`${sql.join(conditions, sql` and `)}`;
}

function inName(word: string) {
  return sql<boolean>`folded_name like ${`%${word.replace(/[\\%_]/g, "\\$&")}%`}`;
}

/**
 * Writes contacts as the directory knows them now; deleted ones come back. In the order of their ids, so that two
 * imports of the same people cannot wait for each other.
 * @param contacts each id at most once
 * @param at since when whoever is newly on do-not-disturb is
 */
export async function putContacts(
  trx: Trx,
  workspaceId: string,
  contacts: readonly ContactWrite[],
  at: Date,
): Promise<void> {
  if (contacts.length === 0) return;
  const sorted = contacts.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  await trx
    .insertInto("contact")
    .values(sorted.map((contact) => ({ workspace_id: workspaceId, id: contact.id, ...columnsOf(contact, at) })))
    .onConflict((conflict) =>
      conflict.columns(["workspace_id", "id"]).doUpdateSet((eb) => ({
        name: eb.ref("excluded.name"),
        folded_name: eb.ref("excluded.folded_name"),
        owner_id: eb.ref("excluded.owner_id"),
        do_not_disturb: eb.ref("excluded.do_not_disturb"),
        sms_status: eb.ref("excluded.sms_status"),
        dnd_since: sql<Date | null>`case when excluded.dnd_since is null then null
          when contact.do_not_disturb or contact.sms_status <> 'inactive' then contact.dnd_since
          else excluded.dnd_since end`,
        dnd_lifted_at: sql<Date | null>`case
          when excluded.dnd_since is null and (contact.do_not_disturb or contact.sms_status <> 'inactive') then ${at}
          else contact.dnd_lifted_at end`,
        phones: eb.ref("excluded.phones"),
        tags: eb.ref("excluded.tags"),
        deleted_at: null,
      })),
    )
    .execute();
  await putPhones(trx, workspaceId, sorted);
}

function columnsOf(contact: ContactWrite, at: Date) {
  return {
    name: contact.name,
    folded_name: fold(contact.name),
    owner_id: contact.ownerId,
    do_not_disturb: contact.doNotDisturb,
    sms_status: contact.smsStatus,
    dnd_since: isOnDoNotDisturb(contact) ? at : null,
    phones: JSON.stringify(contact.phones),
    tags: JSON.stringify(contact.tags),
    deleted_at: null,
  };
}

/** The numbers the contacts are found by: of what the directory has as a phone, whatever is a number. */
async function putPhones(trx: Trx, workspaceId: string, contacts: readonly ContactWrite[]): Promise<void> {
  const ids = contacts.map((contact) => contact.id);
  await trx
    .deleteFrom("contact_phone")
    .where("workspace_id", "=", workspaceId)
    .where("contact_id", "in", ids)
    .execute();
  const rows = contacts.flatMap(({ id, phones }) => {
    const numbers = new Set(phones.flatMap((phone) => normalisePhone(phone.number) ?? []));
    return [...numbers].map((phone) => ({ workspace_id: workspaceId, phone, contact_id: id }));
  });
  if (rows.length > 0) await trx.insertInto("contact_phone").values(rows).execute();
}

/** Marks contacts deleted; answers which there were to delete. Their last state stays, for the groups they are in. */
export async function deleteContacts(
  trx: Trx,
  workspaceId: string,
  ids: readonly string[],
  at: Date,
): Promise<string[]> {
  if (ids.length === 0) return [];
  const deleted = await trx
    .updateTable("contact")
    .set({ deleted_at: at })
    .where("workspace_id", "=", workspaceId)
    .where("id", "in", ids)
    .where("deleted_at", "is", null)
    .returning("id")
    .execute();
  const gone = deleted.map(({ id }) => id);
  if (gone.length === 0) return [];
  await trx
    .deleteFrom("contact_phone")
    .where("workspace_id", "=", workspaceId)
    .where("contact_id", "in", gone)
    .execute();
  return gone;
}

interface ContactRow {
  id: string;
  name: string;
  owner_id: string | null;
  do_not_disturb: boolean;
  sms_status: Contact["smsStatus"];
  phones: Contact["phones"];
  tags: string[];
  deleted_at: Date | null;
}

function toContact(row: ContactRow): Contact {
  return {
    id: row.id,
    name: row.name,
    ownerId: row.owner_id,
    doNotDisturb: row.do_not_disturb,
    smsStatus: row.sms_status,
    phones: row.phones,
    tags: row.tags,
    deletedAt: row.deleted_at?.toISOString() ?? null,
  };
}
