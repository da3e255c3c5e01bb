import type { BusinessNumber, User } from "@partyline/domain/access";
import type { Trx } from "./tenant.ts";

const NO_ID = "00000000-0000-0000-0000-000000000000";

export interface UserRow extends User {
  authUserId: string;
  name: string;
  email: string;
}

export interface WorkspaceRows {
  id: string;
  name: string;
  users: UserRow[];
  numbers: (Omit<BusinessNumber, "released"> & { id: string; label: string | null })[];
  apiKeys: { id: string; label: string; sha256: string }[];
  /** When this is so. */
  at: Date;
  /** Whether a directory outside says who may do what: then roles and numbers that exist are left as it said. */
  directoryRules: boolean;
}

/**
 * Writes a whole workspace as described, and takes out who and what is no longer in it: a person is locked out and a
 * number sends no more, but both stay for what was written with them; a key is forgotten.
 */
export async function putWorkspace(owner: Trx, workspace: WorkspaceRows): Promise<void> {
  const { id, name, users, numbers, apiKeys, directoryRules } = workspace;
  await owner
    .insertInto("workspace")
    .values({ id, name })
    .onConflict((conflict) => conflict.column("id").doUpdateSet({ name }))
    .execute();
  await forgetSaid(owner, id, users);
  for (const user of users) await putUser(owner, id, user, directoryRules);
  for (const number of numbers) await putNumber(owner, id, number, directoryRules);
  await takeOut(owner, workspace);
  for (const { id: keyId, label, sha256: digest } of apiKeys) {
    await owner
      .insertInto("api_key")
      .values({ workspace_id: id, id: keyId, label, digest })
      .onConflict((conflict) => conflict.columns(["workspace_id", "id"]).doUpdateSet({ label, digest }))
      .execute();
  }
}

async function takeOut(owner: Trx, { id, users, numbers, apiKeys, at, directoryRules }: WorkspaceRows): Promise<void> {
  await owner
    .updateTable("users")
    .set({ left_at: at })
    .where("workspace_id", "=", id)
    .where("left_at", "is", null)
    .where("id", "not in", idsOf(users))
    .execute();
  await owner
    .updateTable("business_number")
    .set({ connected: false, ...(directoryRules ? {} : { is_default: false }) })
    .where("workspace_id", "=", id)
    .where("connected", "=", true)
    .where("number", "not in", ["", ...numbers.map(({ number }) => number)])
    .execute();
  await owner.deleteFrom("api_key").where("workspace_id", "=", id).where("id", "not in", idsOf(apiKeys)).execute();
}

/** Never empty, which SQL could not take. */
function idsOf(rows: readonly { id: string }[]): string[] {
  return [NO_ID, ...rows.map(({ id }) => id)];
}

async function putUser(owner: Trx, workspaceId: string, user: UserRow, directoryRules: boolean): Promise<void> {
  const rights = { role: user.role, assigned_data_only: user.assignedDataOnly };
  const columns = {
    auth_user_id: user.authUserId,
    name: user.name,
    email: user.email,
    crm_user_id: user.crmUserId,
    left_at: null,
  };
  await owner
    .insertInto("users")
    .values({ workspace_id: workspaceId, id: user.id, ...columns, ...rights })
    .onConflict((conflict) =>
      conflict.columns(["workspace_id", "id"]).doUpdateSet(directoryRules ? columns : { ...columns, ...rights }),
    )
    .execute();
}

/** What the CRM said of somebody was said of its own user: it says nothing of another one, or of one here. */
async function forgetSaid(owner: Trx, workspaceId: string, users: readonly UserRow[]): Promise<void> {
  for (const { id, crmUserId } of users) {
    await owner
      .updateTable("users")
      .set({ crm_seen_at: null, crm_gone_at: null })
      .where("workspace_id", "=", workspaceId)
      .where("id", "=", id)
      .where("crm_user_id", "is distinct from", crmUserId)
      .execute();
  }
}

async function putNumber(
  owner: Trx,
  workspaceId: string,
  number: WorkspaceRows["numbers"][number],
  directoryRules: boolean,
): Promise<void> {
  const columns = { number: number.number, connected: number.connected, mms: number.mms };
  const holding = { label: number.label, is_default: number.isDefault, assigned_to: number.assignedTo };
  // A sync with the CRM may have brought it in already, under an id of ours.
  const known = await owner
    .selectFrom("business_number")
    .select("id")
    .where("workspace_id", "=", workspaceId)
    .where("number", "=", number.number)
    .executeTakeFirst();
  await owner
    .insertInto("business_number")
    .values({ workspace_id: workspaceId, id: known?.id ?? number.id, ...columns, ...holding })
    .onConflict((conflict) =>
      conflict.columns(["workspace_id", "id"]).doUpdateSet(directoryRules ? columns : { ...columns, ...holding }),
    )
    .execute();
}

export interface WorkspaceSnapshot {
  /** By id, what each session shows. */
  people: Map<string, string>;
  numbers: string;
}

/** What clients know of a workspace's people and numbers, to be compared with itself later. */
export async function snapshotWorkspace(owner: Trx, workspaceId: string): Promise<WorkspaceSnapshot> {
  const people = await owner
    .selectFrom("users")
    .innerJoin("workspace", "workspace.id", "users.workspace_id")
    .leftJoin("directory_setting", "directory_setting.workspace_id", "users.workspace_id")
    .selectAll("users")
    .select(["workspace.name as workspace_name", "directory_setting.location_id"])
    .where("users.workspace_id", "=", workspaceId)
    .execute();
  const numbers = await owner
    .selectFrom("business_number")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .orderBy("id")
    .execute();
  return {
    people: new Map(people.map((row) => [row.id, JSON.stringify(row)])),
    numbers: JSON.stringify(numbers),
  };
}

/** The accounts of everybody who was taken out of a workspace, or of the CRM it belongs to. */
export async function listLeft(owner: Trx, workspaceId: string): Promise<string[]> {
  const rows = await owner
    .selectFrom("users")
    .select("auth_user_id")
    .where("workspace_id", "=", workspaceId)
    .where((eb) => eb.or([eb("left_at", "is not", null), eb("crm_gone_at", "is not", null)]))
    .execute();
  return rows.map((row) => row.auth_user_id);
}
