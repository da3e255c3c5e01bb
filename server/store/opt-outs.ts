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
export async function findOptOuts(trx: Trx, workspaceId: string, phones: readonly string[]): Promise<OptOut[]> {
  if (phones.length === 0) return [];
  const rows = await trx
    .selectFrom("opt_out")
    .select(["business_number", "phone"])
    .where("workspace_id", "=", workspaceId)
    .where("phone", "in", [...new Set(phones)])
    .execute();
  return rows.map((row) => ({ businessNumber: row.business_number, phone: row.phone }));
}

/** Keeps the event with its raw text (rule R13) and lets it take effect for that business number. */
export async function recordConsent(trx: Trx, workspaceId: string, event: ConsentEvent): Promise<void> {
  const pair = { workspace_id: workspaceId, business_number: event.businessNumber, phone: event.phone };
  await trx
    .insertInto("consent_event")
    .values({ ...pair, id: event.id, wish: event.wish, raw_text: event.rawText, at: event.at })
    .execute();
  if (event.wish === "opt_out") {
    await trx
      .insertInto("opt_out")
      .values({ ...pair, since: event.at })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  if (event.wish === "opt_in") {
    await trx
      .deleteFrom("opt_out")
      .where("workspace_id", "=", workspaceId)
      .where("business_number", "=", event.businessNumber)
      .where("phone", "=", event.phone)
      .execute();
  }
}
