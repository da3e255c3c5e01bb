import type { BusinessNumber, User } from "@partyline/domain/access";
import type { Trx } from "./tenant.ts";

export interface UserRow extends User {
  authUserId: string;
  name: string;
  email: string;
}

export interface WorkspaceRows {
  id: string;
  name: string;
  users: UserRow[];
  numbers: (BusinessNumber & { id: string; label: string | null })[];
  apiKeys: { id: string; label: string; sha256: string }[];
  /** Whether a directory outside says who may do what: then roles and numbers that exist are left as it said. */
  directoryRules: boolean;
}

/** Writes a whole workspace as described; what exists is brought up to date, nothing is deleted. */
export async function putWorkspace(owner: Trx, workspace: WorkspaceRows): Promise<void> {
  const { id, name, users, numbers, apiKeys, directoryRules } = workspace;
  await owner
    .insertInto("workspace")
    .values({ id, name })
    .onConflict((conflict) => conflict.column("id").doUpdateSet({ name }))
    .execute();
  for (const user of users) await putUser(owner, id, user, directoryRules);
  for (const number of numbers) await putNumber(owner, id, number, directoryRules);
  for (const { id: keyId, label, sha256: digest } of apiKeys) {
    await owner
      .insertInto("api_key")
      .values({ workspace_id: id, id: keyId, label, digest })
      .onConflict((conflict) => conflict.columns(["workspace_id", "id"]).doUpdateSet({ label, digest }))
      .execute();
  }
}

async function putUser(owner: Trx, workspaceId: string, user: UserRow, directoryRules: boolean): Promise<void> {
  const rights = { role: user.role, assigned_data_only: user.assignedDataOnly };
  const columns = {
    auth_user_id: user.authUserId,
    name: user.name,
    email: user.email,
    crm_user_id: user.crmUserId,
  };
  await owner
    .insertInto("users")
    .values({ workspace_id: workspaceId, id: user.id, ...columns, ...rights })
    .onConflict((conflict) =>
      conflict.columns(["workspace_id", "id"]).doUpdateSet(directoryRules ? columns : { ...columns, ...rights }),
    )
    .execute();
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
