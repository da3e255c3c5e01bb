import { sql } from "kysely";
import type { SmsStatus } from "@partyline/domain/contact";
import { isOnDoNotDisturb } from "@partyline/domain/contact";
import type { Trx } from "./tenant.ts";

/** An existing contact who has a number and is, or once was, on do-not-disturb. */
export interface NumberHolder {
  phone: string;
  id: string;
  name: string;
  ownerId: string | null;
  isDisturbed: boolean;
  /** Since when they are on do-not-disturb, where that is known. */
  since: Date | null;
  /** When they last came off it. */
  liftedAt: Date | null;
}

/** Those with a word on do-not-disturb among the existing contacts who have one of these numbers. */
export async function findHolders(trx: Trx, workspaceId: string, phones: readonly string[]): Promise<NumberHolder[]> {
  if (phones.length === 0) return [];
  const rows = await heard(trx, workspaceId)
    .select(["cp.phone", "c.id", "c.name", "c.owner_id", "c.do_not_disturb", "c.sms_status"])
    .select(["c.dnd_since", "c.dnd_lifted_at"])
    .where(sql<boolean>`cp.phone = any(${[...new Set(phones)]}::text[])`)
    .orderBy("c.id")
    .execute();
  return rows.map((row) => ({
    phone: row.phone,
    id: row.id,
    name: row.name,
    ownerId: row.owner_id,
    isDisturbed: isOnDoNotDisturb({ doNotDisturb: row.do_not_disturb, smsStatus: row.sms_status satisfies SmsStatus }),
    since: row.dnd_since,
    liftedAt: row.dnd_lifted_at,
  }));
}

/** The numbers of those of these contacts with a word on do-not-disturb: what others who have them depend on. */
export async function findHeardNumbers(
  trx: Trx,
  workspaceId: string,
  contactIds: readonly string[],
): Promise<string[]> {
  if (contactIds.length === 0) return [];
  const rows = await heard(trx, workspaceId)
    .select("cp.phone")
    .distinct()
    .where(sql<boolean>`cp.contact_id = any(${contactIds}::text[])`)
    .execute();
  return rows.map((row) => row.phone);
}

function heard(trx: Trx, workspaceId: string) {
  return trx
    .selectFrom("contact_phone as cp")
    .innerJoin("contact as c", (join) =>
      join.onRef("c.workspace_id", "=", "cp.workspace_id").onRef("c.id", "=", "cp.contact_id"),
    )
    .where("cp.workspace_id", "=", workspaceId)
    .where(sql<boolean>`(c.do_not_disturb or c.sms_status <> 'inactive' or c.dnd_lifted_at is not null)`);
}

/**
 * A new group is judged on contacts that do not exist yet as much as on those that do, and a row that is not there cannot
 * be held: whoever judges numbers and whoever changes what is known of them wait for each other here.
 */
export async function holdWishes(trx: Trx, workspaceId: string, to: "read" | "change"): Promise<void> {
  const name = `wishes ${workspaceId}`;
  await (
    to === "read"
      ? sql`select pg_advisory_xact_lock_shared(hashtextextended(${name}, 0))`
      : sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`
  ).execute(trx);
}
