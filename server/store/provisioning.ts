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
}

/** Writes a whole workspace as described; what exists is brought up to date, nothing is deleted. */
export async function putWorkspace(owner: Trx, { id, name, users, numbers, apiKeys }: WorkspaceRows): Promise<void> {
  await owner
    .insertInto("workspace")
    .values({ id, name })
    .onConflict((conflict) => conflict.column("id").doUpdateSet({ name }))
    .execute();
  for (const user of users) await putUser(owner, id, user);
  for (const number of numbers) await putNumber(owner, id, number);
  for (const { id: keyId, label, sha256: digest } of apiKeys) {
    await owner
      .insertInto("api_key")
      .values({ workspace_id: id, id: keyId, label, digest })
      .onConflict((conflict) => conflict.columns(["workspace_id", "id"]).doUpdateSet({ label, digest }))
      .execute();
  }
}

async function putUser(owner: Trx, workspaceId: string, user: UserRow): Promise<void> {
  const columns = {
    auth_user_id: user.authUserId,
    name: user.name,
    email: user.email,
    role: user.role,
    assigned_data_only: user.assignedDataOnly,
    crm_user_id: user.crmUserId,
  };
  await owner
    .insertInto("users")
    .values({ workspace_id: workspaceId, id: user.id, ...columns })
    .onConflict((conflict) => conflict.columns(["workspace_id", "id"]).doUpdateSet(columns))
    .execute();
}

async function putNumber(owner: Trx, workspaceId: string, number: WorkspaceRows["numbers"][number]): Promise<void> {
  const columns = {
    number: number.number,
    label: number.label,
    is_default: number.isDefault,
    assigned_to: number.assignedTo,
    connected: number.connected,
    mms: number.mms,
  };
  await owner
    .insertInto("business_number")
    .values({ workspace_id: workspaceId, id: number.id, ...columns })
    .onConflict((conflict) => conflict.columns(["workspace_id", "id"]).doUpdateSet(columns))
    .execute();
}
