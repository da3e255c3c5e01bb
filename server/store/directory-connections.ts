import type { Trx } from "./tenant.ts";

/** How a workspace may ask its CRM. Tokens are as they are stored: sealed. */
export interface ConnectionRow {
  kind: "oauth" | "private_token";
  state: "connected" | "broken";
  /** Why no new token can be got though the connection is good. */
  trouble: "app_refused" | null;
  accessToken: string;
  /** Null for a private token, which never expires. */
  refreshToken: string | null;
  accessExpiresAt: Date | null;
  refreshingUntil: Date | null;
  connectedAt: Date;
  connectedBy: string;
}

export interface TokenColumns {
  accessToken: string;
  refreshToken: string | null;
  accessExpiresAt: Date | null;
}

export async function findConnection(trx: Trx, workspaceId: string): Promise<ConnectionRow | undefined> {
  const row = await trx
    .selectFrom("directory_connection")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .executeTakeFirst();
  return row && toConnection(row);
}

/** Under its row lock: two replicas that want to refresh come here one after the other. */
export async function holdConnection(trx: Trx, workspaceId: string): Promise<ConnectionRow | undefined> {
  const row = await trx
    .selectFrom("directory_connection")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .forUpdate()
    .executeTakeFirst();
  return row && toConnection(row);
}

/** A new connection, in place of the one before. */
export async function putConnection(
  trx: Trx,
  workspaceId: string,
  connection: Omit<ConnectionRow, "state" | "trouble" | "refreshingUntil">,
): Promise<void> {
  const columns = {
    kind: connection.kind,
    state: "connected" as const,
    trouble: null,
    ...tokenColumns(connection),
    refreshing_by: null,
    refreshing_until: null,
    connected_at: connection.connectedAt,
    connected_by: connection.connectedBy,
  };
  await trx
    .insertInto("directory_connection")
    .values({ workspace_id: workspaceId, ...columns })
    .onConflict((conflict) => conflict.column("workspace_id").doUpdateSet(columns))
    .execute();
}

/** Says that this replica is getting a new pair; others wait until it has one, or until then. */
export async function takeRefresh(trx: Trx, workspaceId: string, by: string, until: Date): Promise<void> {
  await trx
    .updateTable("directory_connection")
    .set({ refreshing_by: by, refreshing_until: until })
    .where("workspace_id", "=", workspaceId)
    .execute();
}

/** Stores what came of it, unless somebody connected or disconnected the workspace meanwhile; answers whether it did. */
export async function endRefresh(
  trx: Trx,
  workspaceId: string,
  outcome: { by: string; tokens: TokenColumns | null; broken: boolean; trouble: ConnectionRow["trouble"] },
): Promise<boolean> {
  const ended = await trx
    .updateTable("directory_connection")
    .set({
      ...(outcome.tokens === null ? {} : tokenColumns(outcome.tokens)),
      ...(outcome.broken ? { state: "broken" as const } : {}),
      trouble: outcome.trouble,
      refreshing_by: null,
      refreshing_until: null,
    })
    .where("workspace_id", "=", workspaceId)
    .where("refreshing_by", "=", outcome.by)
    .executeTakeFirst();
  return ended.numUpdatedRows > 0n;
}

/** The CRM refuses this token; one that was stored since is left alone. Answers whether that is news. */
export async function breakConnection(trx: Trx, workspaceId: string, connectedAt: Date): Promise<boolean> {
  const broken = await trx
    .updateTable("directory_connection")
    .set({ state: "broken" })
    .where("workspace_id", "=", workspaceId)
    .where("connected_at", "=", connectedAt)
    .where("state", "=", "connected")
    .executeTakeFirst();
  return broken.numUpdatedRows > 0n;
}

export async function deleteConnection(trx: Trx, workspaceId: string): Promise<boolean> {
  const deleted = await trx
    .deleteFrom("directory_connection")
    .where("workspace_id", "=", workspaceId)
    .executeTakeFirst();
  return deleted.numDeletedRows > 0n;
}

/** Remembers that this user was sent to the CRM with this state. */
export async function keepAuthorization(
  trx: Trx,
  workspaceId: string,
  authorization: { stateDigest: string; userId: string; expiresAt: Date; now: Date },
): Promise<void> {
  await trx
    .deleteFrom("directory_authorization")
    .where("workspace_id", "=", workspaceId)
    .where("expires_at", "<", authorization.now)
    .execute();
  await trx
    .insertInto("directory_authorization")
    .values({
      workspace_id: workspaceId,
      state_digest: authorization.stateDigest,
      user_id: authorization.userId,
      expires_at: authorization.expiresAt,
    })
    .execute();
}

/** Across workspaces: whom this state was given to. It works once. */
export async function takeAuthorization(
  owner: Trx,
  stateDigest: string,
  now: Date,
): Promise<{ workspaceId: string; userId: string } | undefined> {
  const row = await owner
    .deleteFrom("directory_authorization")
    .where("state_digest", "=", stateDigest)
    .returning(["workspace_id", "user_id", "expires_at"])
    .executeTakeFirst();
  if (row === undefined || row.expires_at < now) return undefined;
  return { workspaceId: row.workspace_id, userId: row.user_id };
}

function tokenColumns({ accessToken, refreshToken, accessExpiresAt }: TokenColumns) {
  return { access_token: accessToken, refresh_token: refreshToken, access_expires_at: accessExpiresAt };
}

function toConnection(row: {
  kind: ConnectionRow["kind"];
  state: ConnectionRow["state"];
  trouble: ConnectionRow["trouble"];
  access_token: string;
  refresh_token: string | null;
  access_expires_at: Date | null;
  refreshing_until: Date | null;
  connected_at: Date;
  connected_by: string;
}): ConnectionRow {
  return {
    kind: row.kind,
    state: row.state,
    trouble: row.trouble,
    accessToken: row.access_token,
    refreshToken: row.refresh_token,
    accessExpiresAt: row.access_expires_at,
    refreshingUntil: row.refreshing_until,
    connectedAt: row.connected_at,
    connectedBy: row.connected_by,
  };
}
