import type { CrmAccount } from "@partyline/domain/crm-account";
import type { Trx } from "./tenant.ts";

export interface DirectorySetting {
  kind: "highlevel";
  locationId: string;
  timelineCopies: boolean;
  peopleSyncedAt: Date | null;
}

/** The CRM's account whose contacts the workspace's are. */
export function accountOf({ kind, locationId }: Pick<DirectorySetting, "kind" | "locationId">): CrmAccount {
  return { crm: kind, id: locationId };
}

/** Where contacts come from; undefined for the built-in directory. */
export async function findDirectorySetting(trx: Trx, workspaceId: string): Promise<DirectorySetting | undefined> {
  const row = await trx
    .selectFrom("directory_setting")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .executeTakeFirst();
  return (
    row && {
      kind: row.kind,
      locationId: row.location_id,
      timelineCopies: row.timeline_copies,
      peopleSyncedAt: row.people_synced_at,
    }
  );
}

/** Writes what the workspace file says. A connection to another location, or to a directory no longer used, ends. */
export async function putDirectorySetting(
  owner: Trx,
  workspaceId: string,
  setting: Omit<DirectorySetting, "peopleSyncedAt"> | null,
): Promise<void> {
  const before = await findDirectorySetting(owner, workspaceId);
  if (before !== undefined && before.locationId !== setting?.locationId) await forget(owner, workspaceId);
  if (setting === null) return;
  const columns = { kind: setting.kind, location_id: setting.locationId, timeline_copies: setting.timelineCopies };
  await owner
    .insertInto("directory_setting")
    .values({ workspace_id: workspaceId, ...columns, people_synced_at: null })
    .onConflict((conflict) => conflict.column("workspace_id").doUpdateSet(columns))
    .execute();
}

async function forget(owner: Trx, workspaceId: string): Promise<void> {
  for (const table of ["directory_authorization", "directory_connection", "directory_contact"] as const) {
    await owner.deleteFrom(table).where("workspace_id", "=", workspaceId).execute();
  }
  await owner.deleteFrom("directory_setting").where("workspace_id", "=", workspaceId).execute();
  await owner
    .updateTable("business_number")
    .set({ crm_listed_at: null, crm_released_at: null })
    .where("workspace_id", "=", workspaceId)
    .execute();
  await owner
    .updateTable("users")
    .set({ crm_seen_at: null, crm_gone_at: null })
    .where("workspace_id", "=", workspaceId)
    .execute();
}

/** Across workspaces: whose location a webhook speaks of. */
export async function findWorkspaceOfLocation(owner: Trx, locationId: string): Promise<string | undefined> {
  const row = await owner
    .selectFrom("directory_setting")
    .select("workspace_id")
    .where("location_id", "=", locationId)
    .executeTakeFirst();
  return row?.workspace_id;
}

/** Across workspaces: those whose CRM can be asked. */
export async function listConnectedWorkspaces(owner: Trx): Promise<string[]> {
  const rows = await owner
    .selectFrom("directory_connection")
    .select("workspace_id")
    .where("state", "=", "connected")
    .execute();
  return rows.map((row) => row.workspace_id);
}

export async function markPeopleSynced(trx: Trx, workspaceId: string, at: Date): Promise<void> {
  await trx
    .updateTable("directory_setting")
    .set({ people_synced_at: at })
    .where("workspace_id", "=", workspaceId)
    .execute();
}
