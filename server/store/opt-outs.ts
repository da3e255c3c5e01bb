import { sql } from "kysely";
import type { ConsentWish } from "@partyline/domain/opt-out";
import type { Trx } from "./tenant.ts";

export interface OptOut {
  businessNumber: string;
  phone: string;
}

export interface ConsentEvent extends OptOut {
  id: string;
  wish: ConsentWish;
  rawText: string;
  at: Date;
}

/** Recorded opt-outs among these phones, for every business number. */
export async function findOptOuts(
  trx: Trx,
  workspaceId: string,
  phones: readonly string[],
): Promise<(OptOut & { since: Date })[]> {
  if (phones.length === 0) return [];
  const rows = await trx
    .selectFrom("opt_out")
    .select(["business_number", "phone", "since"])
    .where("workspace_id", "=", workspaceId)
    .where(sql<boolean>`phone = any(${phones}::text[])`)
    .execute();
  return rows.map((row) => ({ businessNumber: row.business_number, phone: row.phone, since: row.since }));
}

/**
 * Keeps the event with its raw text (rule R13) and lets the latest wish take effect for that business number: a STOP
 * and a START a moment apart may arrive in the wrong order. A repeated event is kept once.
 * @returns whether it is by this event that they are opted out now and were not before
 */
export async function recordConsent(trx: Trx, workspaceId: string, event: ConsentEvent): Promise<{ optsOut: boolean }> {
  const pair = { workspace_id: workspaceId, business_number: event.businessNumber, phone: event.phone };
  // The pair's row may not exist yet, so there is nothing else to hold.
  await sql`select pg_advisory_xact_lock(hashtextextended(${Object.values(pair).join()}, 0))`.execute(trx);
  await trx
    .insertInto("consent_event")
    .values({ ...pair, id: event.id, wish: event.wish, raw_text: event.rawText, at: event.at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const latest = await trx
    .selectFrom("consent_event")
    .select(["wish", "at"])
    .where("workspace_id", "=", workspaceId)
    .where("business_number", "=", event.businessNumber)
    .where("phone", "=", event.phone)
    .where("wish", "in", ["opt_out", "opt_in"])
    .orderBy("at", "desc")
    .limit(1)
    .executeTakeFirst();
  if (latest?.wish === "opt_out") {
    const { numInsertedOrUpdatedRows: added } = await trx
      .insertInto("opt_out")
      .values({ ...pair, since: latest.at })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    return { optsOut: added === 1n };
  }
  if (latest?.wish === "opt_in") {
    await trx
      .deleteFrom("opt_out")
      .where("workspace_id", "=", workspaceId)
      .where("business_number", "=", event.businessNumber)
      .where("phone", "=", event.phone)
      .execute();
  }
  return { optsOut: false };
}

/**
 * Takes the one chance to confirm an opt-out; null where it was taken before, where it came before `notBefore`, and where
 * they opted in again meanwhile.
 */
export async function claimConfirmation(
  trx: Trx,
  workspaceId: string,
  { id, now, notBefore }: { id: string; now: Date; notBefore: Date },
): Promise<(OptOut & { workspaceName: string }) | null> {
  const row = await trx
    .updateTable("consent_event as event")
    .from("workspace")
    .whereRef("workspace.id", "=", "event.workspace_id")
    .set({ confirming_since: now })
    .where("event.workspace_id", "=", workspaceId)
    .where("event.id", "=", id)
    .where("event.confirming_since", "is", null)
    .where("event.at", ">=", notBefore)
    .where((build) =>
      build.exists(
        build
          .selectFrom("opt_out")
          .select("opt_out.phone")
          .whereRef("opt_out.workspace_id", "=", "event.workspace_id")
          .whereRef("opt_out.business_number", "=", "event.business_number")
          .whereRef("opt_out.phone", "=", "event.phone"),
      ),
    )
    .returning(["event.business_number", "event.phone", "workspace.name"])
    .executeTakeFirst();
  if (row === undefined) return null;
  return { businessNumber: row.business_number, phone: row.phone, workspaceName: row.name };
}

/** The carrier asked for patience and sent nothing. */
export async function releaseConfirmation(trx: Trx, workspaceId: string, id: string): Promise<void> {
  await trx
    .updateTable("consent_event")
    .set({ confirming_since: null })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .execute();
}
