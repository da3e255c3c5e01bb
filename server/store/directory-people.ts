import type { User } from "@partyline/domain/access";
import type { Trx } from "./tenant.ts";

/** Somebody of the workspace, and what the CRM said of them before. */
export interface Person extends User {
  crmSeen: boolean;
  crmGone: boolean;
}

/** Everybody of the workspace, those the CRM no longer has included, held until the transaction ends. */
export async function holdPeople(trx: Trx, workspaceId: string): Promise<Person[]> {
  const rows = await trx
    .selectFrom("users")
    .select(["id", "role", "assigned_data_only", "crm_user_id", "crm_seen_at", "crm_gone_at"])
    .where("workspace_id", "=", workspaceId)
    .where("left_at", "is", null)
    .orderBy("id")
    .forNoKeyUpdate()
    .execute();
  return rows.map((row) => ({
    id: row.id,
    role: row.role,
    assignedDataOnly: row.assigned_data_only,
    crmUserId: row.crm_user_id,
    crmSeen: row.crm_seen_at !== null,
    crmGone: row.crm_gone_at !== null,
  }));
}

/** The CRM names them; whoever was gone is back. */
export async function markSeen(trx: Trx, workspaceId: string, ids: readonly string[], at: Date): Promise<void> {
  if (ids.length === 0) return;
  await trx
    .updateTable("users")
    .set((eb) => ({ crm_seen_at: eb.fn.coalesce("crm_seen_at", eb.val(at)), crm_gone_at: null }))
    .where("workspace_id", "=", workspaceId)
    .where("id", "in", ids)
    .execute();
}

/** They are locked out; what they wrote keeps their name. */
export async function markGone(trx: Trx, workspaceId: string, ids: readonly string[], at: Date): Promise<void> {
  if (ids.length === 0) return;
  await trx
    .updateTable("users")
    .set({ crm_gone_at: at })
    .where("workspace_id", "=", workspaceId)
    .where("crm_gone_at", "is", null)
    .where("id", "in", ids)
    .execute();
}

export async function setRights(
  trx: Trx,
  workspaceId: string,
  users: readonly Omit<User, "crmUserId">[],
): Promise<void> {
  for (const { id, role, assignedDataOnly } of users) {
    await trx
      .updateTable("users")
      .set({ role, assigned_data_only: assignedDataOnly })
      .where("workspace_id", "=", workspaceId)
      .where("id", "=", id)
      .execute();
  }
}

export interface NumberFromDirectory {
  /** For one that is not known here yet. */
  id: string;
  number: string;
  label: string | null;
  isDefault: boolean;
  /** Our user, and the CRM's; the second without the first is somebody who has no account here. */
  assignedTo: string | null;
  crmUserId: string | null;
  mms: boolean;
}

/**
 * Writes whose each number is. Whether our own carrier can send from it is not the CRM's to say: a number that comes
 * from there alone is listed as not connected until an operator connects it.
 */
export async function putDirectoryNumbers(
  trx: Trx,
  workspaceId: string,
  numbers: readonly NumberFromDirectory[],
  at: Date,
): Promise<{ changed: boolean; taken: number; released: number }> {
  const before = await snapshot(trx, workspaceId);
  let taken = 0;
  for (const number of numbers) {
    const known = before.find((row) => row.number === number.number);
    const columns = {
      label: number.label,
      is_default: number.isDefault,
      assigned_to: number.assignedTo,
      assigned_crm_user: number.assignedTo === null ? number.crmUserId : null,
    };
    if (known !== undefined) {
      await trx
        .updateTable("business_number")
        .set({ ...columns, label: number.label ?? known.label, ...listedAt(known.crm_listed_at ?? at) })
        .where("workspace_id", "=", workspaceId)
        .where("id", "=", known.id)
        .execute();
      continue;
    }
    const own = { workspace_id: workspaceId, id: number.id, number: number.number };
    const inserted = await trx
      .insertInto("business_number")
      .values({ ...own, ...columns, mms: number.mms, connected: false, ...listedAt(at) })
      .onConflict((conflict) => conflict.column("number").doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows === 0n) taken += 1;
  }
  const listed = numbers.map((number) => number.number);
  if (numbers.some((number) => number.isDefault)) await endOtherDefaults(trx, workspaceId, listed);
  await release(trx, workspaceId, listed, at);
  const after = await snapshot(trx, workspaceId);
  return {
    changed: JSON.stringify(before) !== JSON.stringify(after),
    taken,
    released: after.filter((row) => row.crm_released_at !== null).length,
  };
}

/** Listed again, it is as it was. */
function listedAt(at: Date) {
  return { crm_listed_at: at, crm_released_at: null };
}

/** What the CRM listed once and no longer does is not the workspace's to send from; what it never listed is none of its. */
async function release(trx: Trx, workspaceId: string, listed: readonly string[], at: Date): Promise<void> {
  await trx
    .updateTable("business_number")
    .set({ crm_released_at: at })
    .where("workspace_id", "=", workspaceId)
    .where("crm_listed_at", "is not", null)
    .where("crm_released_at", "is", null)
    .where("number", "not in", ["", ...listed])
    .execute();
}

/**
 * A number the CRM does not have cannot stay the default beside the one it names. Where it names none, a released default
 * stays it: nobody is to send from another number without having chosen it.
 */
async function endOtherDefaults(trx: Trx, workspaceId: string, listed: readonly string[]): Promise<void> {
  await trx
    .updateTable("business_number")
    .set({ is_default: false })
    .where("workspace_id", "=", workspaceId)
    .where("number", "not in", listed)
    .where("is_default", "=", true)
    .execute();
}

function snapshot(trx: Trx, workspaceId: string) {
  return trx.selectFrom("business_number").selectAll().where("workspace_id", "=", workspaceId).orderBy("id").execute();
}
