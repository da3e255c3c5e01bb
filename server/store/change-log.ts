import { sql } from "kysely";
import type { Trx } from "./tenant.ts";

/** Something a client may have on its screen changed. The kinds are those of the contract's `Change`. */
export type LoggedChange =
  | { kind: "group"; groupId: string; userId?: string }
  /** For somebody with assigned data only, who saw it until now: of others' groups they never hear (rule R10). */
  | { kind: "group_gone"; groupId: string; userId: string }
  | { kind: "message"; groupId: string; messageId: string }
  | { kind: "contact"; contactId: string }
  | { kind: "numbers" }
  | { kind: "recipes" }
  | { kind: "session"; userId: string };

/** A row of the log, as the sync reads it. */
export interface ChangeRow {
  seq: number;
  kind: LoggedChange["kind"];
  groupId: string | null;
  subjectId: string | null;
}

/**
 * Takes the next numbers of the workspace's counter. The row lock it leaves is held to the commit, which makes the
 * order of numbers the order of commits: a reader's cursor can never pass a change that commits later. Call it as
 * late in the transaction as possible, for every other writer of the workspace waits for it.
 */
export async function takeNumbers(trx: Trx, workspaceId: string, count: number): Promise<number> {
  const { change_seq } = await trx
    .updateTable("workspace")
    .set({ change_seq: sql`change_seq + ${count}` })
    .where("id", "=", workspaceId)
    .returning("change_seq")
    .executeTakeFirstOrThrow();
  return change_seq - count + 1;
}

/**
 * Holds the counter without taking a number, for what has to stay true of more rows than could be locked. The same
 * lock as taking one: a stronger one would wait for every row that refers to the workspace.
 */
export async function holdNumbers(trx: Trx, workspaceId: string): Promise<void> {
  await trx.selectFrom("workspace").select("change_seq").where("id", "=", workspaceId).forNoKeyUpdate().execute();
}

/** PostgreSQL takes 65,535 parameters a statement, and every row has six. */
const ROWS_AT_ONCE = 2000;

/** Writes changes under numbers already taken, from `first` on. */
export async function logChanges(
  trx: Trx,
  workspaceId: string,
  first: number,
  changes: readonly LoggedChange[],
): Promise<void> {
  const rows = changes.map((change, index) => ({ workspace_id: workspaceId, seq: first + index, ...columns(change) }));
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    await trx
      .insertInto("change_log")
      .values(rows.slice(start, start + ROWS_AT_ONCE))
      .execute();
  }
}

function columns(change: LoggedChange) {
  return {
    kind: change.kind,
    group_id: "groupId" in change ? change.groupId : null,
    subject_id: subject(change),
    user_id: "userId" in change ? (change.userId ?? null) : null,
  };
}

function subject(change: LoggedChange): string | null {
  if (change.kind === "message") return change.messageId;
  return change.kind === "contact" ? change.contactId : null;
}

/** Where the log ends, and up to where it has been forgotten. */
export async function readBounds(trx: Trx, workspaceId: string): Promise<{ head: number; forgotten: number }> {
  const row = await trx
    .selectFrom("workspace")
    .select(["change_seq", "forgotten_seq"])
    .where("id", "=", workspaceId)
    .executeTakeFirstOrThrow();
  return { head: row.change_seq, forgotten: row.forgotten_seq };
}

/**
 * Forgets what changed before this, in every workspace. Where the log begins is written down first and committed by
 * itself: from then on a reader with an older cursor starts afresh, whether or not the rows are gone.
 */
export async function markForgotten(owner: Trx, before: Date): Promise<void> {
  await sql`
    update workspace set forgotten_seq = old.seq
    from (select workspace_id, max(seq) as seq from change_log where at < ${before} group by workspace_id) old
    where workspace.id = old.workspace_id and workspace.forgotten_seq < old.seq`.execute(owner);
}

export async function removeForgotten(owner: Trx): Promise<void> {
  await sql`
    delete from change_log using workspace
    where change_log.workspace_id = workspace.id and change_log.seq <= workspace.forgotten_seq`.execute(owner);
}

/** The changes after a cursor, up to a head, that concern this user or everybody; oldest first. */
export async function readChanges(
  trx: Trx,
  workspaceId: string,
  query: { after: number; upTo: number; userId: string; limit: number },
): Promise<ChangeRow[]> {
  const rows = await trx
    .selectFrom("change_log")
    .select(["seq", "kind", "group_id", "subject_id"])
    .where("workspace_id", "=", workspaceId)
    .where("seq", ">", query.after)
    .where("seq", "<=", query.upTo)
    .where((eb) => eb.or([eb("user_id", "is", null), eb("user_id", "=", query.userId)]))
    .orderBy("seq")
    .limit(query.limit)
    .execute();
  return rows.map((row) => ({ seq: row.seq, kind: row.kind, groupId: row.group_id, subjectId: row.subject_id }));
}
