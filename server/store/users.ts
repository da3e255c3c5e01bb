import type { User } from "@partyline/domain/access";
import type { Trx } from "./tenant.ts";

/** A signed-in person: what the rules need, and who to show. */
export interface Member extends User {
  workspaceId: string;
  workspaceName: string;
  authUserId: string;
  name: string;
  email: string;
}

/** Across workspaces, so only for the owner's transaction: whose account this is. */
export async function findMember(owner: Trx, authUserId: string): Promise<Member | undefined> {
  const row = await owner
    .selectFrom("users")
    .innerJoin("workspace", "workspace.id", "users.workspace_id")
    .selectAll("users")
    .select("workspace.name as workspace_name")
    .where("auth_user_id", "=", authUserId)
    .where("left_at", "is", null)
    .where("crm_gone_at", "is", null)
    .executeTakeFirst();
  return row && toMember(row);
}

/** The same person as they are now; undefined when they were taken out meanwhile. */
export async function readMember(
  trx: Trx,
  { workspaceId, id }: Pick<Member, "workspaceId" | "id">,
): Promise<Member | undefined> {
  const row = await trx
    .selectFrom("users")
    .innerJoin("workspace", "workspace.id", "users.workspace_id")
    .selectAll("users")
    .select("workspace.name as workspace_name")
    .where("users.workspace_id", "=", workspaceId)
    .where("users.id", "=", id)
    .where("left_at", "is", null)
    .where("crm_gone_at", "is", null)
    .executeTakeFirst();
  return row && toMember(row);
}

function toMember(row: {
  id: string;
  role: Member["role"];
  assigned_data_only: boolean;
  crm_user_id: string | null;
  workspace_id: string;
  workspace_name: string;
  auth_user_id: string;
  name: string;
  email: string;
}): Member {
  return {
    id: row.id,
    role: row.role,
    assignedDataOnly: row.assigned_data_only,
    crmUserId: row.crm_user_id,
    workspaceId: row.workspace_id,
    workspaceName: row.workspace_name,
    authUserId: row.auth_user_id,
    name: row.name,
    email: row.email,
  };
}

export interface UserName {
  id: string;
  name: string;
  crmUserId: string | null;
}

export async function listUserNames(trx: Trx, workspaceId: string): Promise<UserName[]> {
  const rows = await trx
    .selectFrom("users")
    .select(["id", "name", "crm_user_id"])
    .where("workspace_id", "=", workspaceId)
    .orderBy("name")
    .execute();
  return rows.map((row) => ({ id: row.id, name: row.name, crmUserId: row.crm_user_id }));
}

/** Everybody who is in the workspace, as the rules know them, with their names. */
export async function listUsers(trx: Trx, workspaceId: string): Promise<(User & { name: string })[]> {
  const rows = await trx
    .selectFrom("users")
    .select(["id", "name", "role", "assigned_data_only", "crm_user_id"])
    .where("workspace_id", "=", workspaceId)
    .where("left_at", "is", null)
    .where("crm_gone_at", "is", null)
    .orderBy("name")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    role: row.role,
    assignedDataOnly: row.assigned_data_only,
    crmUserId: row.crm_user_id,
  }));
}

/** Across workspaces: which one an API key writes the directory of. */
export async function findApiKey(owner: Trx, digest: string): Promise<{ workspaceId: string; id: string } | undefined> {
  const row = await owner
    .selectFrom("api_key")
    .select(["workspace_id", "id"])
    .where("digest", "=", digest)
    .executeTakeFirst();
  return row && { workspaceId: row.workspace_id, id: row.id };
}
