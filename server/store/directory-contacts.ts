import { sql } from "kysely";
import type { Contact } from "@partyline/domain/contact";
import { findContacts } from "./contacts.ts";
import type { Trx } from "./tenant.ts";

/** What is known of a contact of a directory outside. */
export interface KnownContact {
  contact: Contact;
  /** When it was asked for; null where it was only listed, and where it has to be asked for again. */
  askedAt: Date | null;
  /** When the CRM told of a change that was not looked at: answers to questions from before do not show it. */
  toldAt: Date | null;
}

export async function findKnownContacts(
  trx: Trx,
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, KnownContact>> {
  const contacts = await findContacts(trx, workspaceId, ids);
  if (contacts.length === 0) return new Map();
  const rows = await trx
    .selectFrom("directory_contact")
    .select(["contact_id", "asked_at", "told_at"])
    .where("workspace_id", "=", workspaceId)
    .where("contact_id", "in", [...new Set(ids)])
    .execute();
  const times = new Map(rows.map((row) => [row.contact_id, { askedAt: row.asked_at, toldAt: row.told_at }]));
  const never = { askedAt: null, toldAt: null };
  return new Map(contacts.map((contact) => [contact.id, { contact, ...(times.get(contact.id) ?? never) }]));
}

/**
 * The same under their row locks, so that of two answers about one contact the one asked later stays. Somebody nobody
 * knew yet has no row to hold: of a list and an answer that come in at once, the second would not see the first.
 */
export async function holdKnownContacts(
  trx: Trx,
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, KnownContact>> {
  if (ids.length === 0) return new Map();
  await sql`select pg_advisory_xact_lock(hashtext(${`directory ${workspaceId}`}))`.execute(trx);
  await trx
    .selectFrom("contact")
    .select("id")
    .where("workspace_id", "=", workspaceId)
    .where("id", "in", [...new Set(ids)])
    .orderBy("id")
    .forNoKeyUpdate()
    .execute();
  return findKnownContacts(trx, workspaceId, ids);
}

/** Keeps when these contacts were asked for; null for one that was only listed. */
export async function markAsked(
  trx: Trx,
  workspaceId: string,
  asked: readonly { id: string; askedAt: Date | null }[],
): Promise<void> {
  if (asked.length === 0) return;
  await trx
    .insertInto("directory_contact")
    .values(asked.map(({ id, askedAt }) => ({ workspace_id: workspaceId, contact_id: id, asked_at: askedAt })))
    .onConflict((conflict) =>
      conflict.columns(["workspace_id", "contact_id"]).doUpdateSet((eb) => ({ asked_at: eb.ref("excluded.asked_at") })),
    )
    .execute();
}

/** Makes the next look ask again, and the slow one ask for them first. */
export async function markTold(trx: Trx, workspaceId: string, contactId: string, at: Date): Promise<void> {
  await trx
    .insertInto("directory_contact")
    .values({ workspace_id: workspaceId, contact_id: contactId, asked_at: null, told_at: at })
    .onConflict((conflict) =>
      conflict.columns(["workspace_id", "contact_id"]).doUpdateSet({ asked_at: null, told_at: at }),
    )
    .execute();
}

/** People of one group not asked for since then, and the group's numbers; nobody where contacts are kept here. */
export async function findStaleOfGroup(
  trx: Trx,
  workspaceId: string,
  { groupId, askedBefore }: { groupId: string; askedBefore: Date },
): Promise<{ ids: string[]; phones: string[] }> {
  const rows = await trx
    .selectFrom("participant_contact as pc")
    .innerJoin("participant as p", (join) =>
      join
        .onRef("p.workspace_id", "=", "pc.workspace_id")
        .onRef("p.group_id", "=", "pc.group_id")
        .onRef("p.id", "=", "pc.participant_id"),
    )
    .innerJoin("directory_setting as ds", "ds.workspace_id", "pc.workspace_id")
    .leftJoin("directory_contact as dc", (join) =>
      join.onRef("dc.workspace_id", "=", "pc.workspace_id").onRef("dc.contact_id", "=", "pc.contact_id"),
    )
    .select(["pc.contact_id", "p.phone", "dc.asked_at"])
    .where("pc.workspace_id", "=", workspaceId)
    .where("pc.group_id", "=", groupId)
    .execute();
  const stale = rows.filter(({ asked_at: askedAt }) => askedAt === null || askedAt < askedBefore);
  return {
    ids: [...new Set(stale.map((row) => row.contact_id))],
    phones: [...new Set(rows.map((row) => row.phone))],
  };
}

/** The numbers that these contacts have in groups. */
export async function findNumbersInGroups(
  trx: Trx,
  workspaceId: string,
  contactIds: readonly string[],
): Promise<string[]> {
  if (contactIds.length === 0) return [];
  const rows = await trx
    .selectFrom("participant_contact as pc")
    .innerJoin("participant as p", (join) =>
      join
        .onRef("p.workspace_id", "=", "pc.workspace_id")
        .onRef("p.group_id", "=", "pc.group_id")
        .onRef("p.id", "=", "pc.participant_id"),
    )
    .select("p.phone")
    .distinct()
    .where("pc.workspace_id", "=", workspaceId)
    .where("pc.contact_id", "in", contactIds)
    .execute();
  return rows.map((row) => row.phone);
}

export interface Staleness {
  /** Only people of groups with activity since then. */
  activeSince: Date;
  /** Only people last asked for before then. */
  askedBefore: Date;
  limit: number;
}

/** People of active groups whom nobody asked the CRM about for longest; deleted ones may have come back. */
export async function findStaleParticipants(trx: Trx, workspaceId: string, staleness: Staleness): Promise<string[]> {
  const rows = await trx
    .selectFrom("participant_contact as pc")
    .innerJoin("groups as g", (join) =>
      join.onRef("g.workspace_id", "=", "pc.workspace_id").onRef("g.id", "=", "pc.group_id"),
    )
    .leftJoin("directory_contact as dc", (join) =>
      join.onRef("dc.workspace_id", "=", "pc.workspace_id").onRef("dc.contact_id", "=", "pc.contact_id"),
    )
    .select(["pc.contact_id", "dc.asked_at"])
    .where("pc.workspace_id", "=", workspaceId)
    .where("g.last_activity_at", ">=", staleness.activeSince)
    .where((eb) => eb.or([eb("dc.asked_at", "is", null), eb("dc.asked_at", "<", staleness.askedBefore)]))
    .groupBy(["pc.contact_id", "dc.asked_at"])
    .orderBy("dc.asked_at", (order) => order.asc().nullsFirst())
    .limit(staleness.limit)
    .execute();
  return rows.map((row) => row.contact_id);
}
