import type { Message } from "@partyline/contract/message";
import { displayName } from "@partyline/domain/people";
import type { Context } from "../../context.ts";
import { viewMessages } from "../../messages/message-list.ts";
import { findConnection } from "../../store/directory-connections.ts";
import { findDirectorySetting } from "../../store/directory-settings.ts";
import { findRosters } from "../../store/groups.ts";
import { findMessages } from "../../store/messages.ts";
import { inWorkspace, type Trx } from "../../store/tenant.ts";
import { beginCopy, endCopy, findPendingCopies, undoCopy, type PendingCopy } from "../../store/timeline-copies.ts";
import {
  DirectoryAnswerError,
  DirectoryError,
  DirectoryNotConnectedError,
  DirectoryOutcomeUnknownError,
} from "../directory.ts";
import type { HighLevelClient } from "./client.ts";

/** What was missed for longer, while the CRM was down or the setting off, stays out of its timelines. */
const LOOK_BACK_MS = 2 * 24 * 60 * 60 * 1000;
const BATCH = 100;
const FAILURES_MAX = 2;

/**
 * Writes each group message as a note to the timeline of each contact in the group. Nothing reads notes back, and no
 * webhook of theirs is listened to, so a copy can never become a message. A copy whose outcome is not known is not
 * repeated; one the CRM did not take is.
 */
export async function copyTimelines(context: Context, workspaceId: string): Promise<void> {
  const client = await context.directories.highLevelOf(workspaceId);
  if (client === null) return;
  const { copies, notes } = await inWorkspace(context.database, workspaceId, async (trx) => {
    const copies = await pending(context, trx, workspaceId);
    return { copies, notes: await notesOf(trx, workspaceId, copies) };
  });
  let failures = 0;
  for (const copy of copies) {
    const note = notes.get(copy.messageId);
    if (note === undefined) continue;
    const failure = await write(context, client, { workspaceId, copy, note });
    failures += failure === null ? 0 : 1;
    // One contact may be in the CRM's way; after two it is the CRM, and the rest waits for the next run.
    if (failures >= FAILURES_MAX || failure instanceof DirectoryNotConnectedError) return;
  }
}

async function pending(context: Context, trx: Trx, workspaceId: string): Promise<PendingCopy[]> {
  const setting = await findDirectorySetting(trx, workspaceId);
  const connection = await findConnection(trx, workspaceId);
  if (setting?.timelineCopies !== true || connection?.state !== "connected") return [];
  const since = new Date(Math.max(context.now().getTime() - LOOK_BACK_MS, connection.connectedAt.getTime()));
  return findPendingCopies(trx, workspaceId, { since, limit: BATCH });
}

async function notesOf(trx: Trx, workspaceId: string, copies: readonly PendingCopy[]): Promise<Map<string, string>> {
  const rows = await findMessages(
    trx,
    workspaceId,
    copies.map((copy) => copy.messageId),
  );
  const groupIds = rows.map((row) => row.groupId);
  const rosterOf = Map.groupBy(await findRosters(trx, workspaceId, groupIds), (entry) => entry.groupId);
  const messages = await viewMessages(trx, workspaceId, rows);
  return new Map(
    messages.map((message) => [message.id, noteOf(message, (rosterOf.get(message.groupId) ?? []).map(displayName))]),
  );
}

function noteOf({ author, text, media }: Message, names: readonly string[]): string {
  const others = names.filter((name) => name !== author.name);
  const attachments = media.length === 0 ? [] : [`(${media.length} attached)`];
  return [`Group text from ${author.name} to ${others.join(", ")}:`, text, ...attachments, "Copied by Partyline"].join(
    "\n",
  );
}

/** Answers what went wrong with the CRM, as opposed to with this one contact. */
async function write(
  { database, log }: Context,
  client: HighLevelClient,
  { workspaceId, copy, note }: { workspaceId: string; copy: PendingCopy; note: string },
): Promise<DirectoryError | null> {
  const keep = <Value>(work: (trx: Trx) => Promise<Value>) => inWorkspace(database, workspaceId, work);
  if (!(await keep((trx) => beginCopy(trx, workspaceId, copy)))) return null;
  try {
    await client.addNote(copy.contactId, note);
    await keep((trx) => endCopy(trx, workspaceId, copy, "written"));
    return null;
  } catch (error) {
    if (!(error instanceof DirectoryError)) throw error;
    log.warn({ messageId: copy.messageId, reason: error.name }, "a message was not copied to the CRM");
    // It may stand there already: it stays begun, and is never written again.
    if (error instanceof DirectoryOutcomeUnknownError) return error;
    const isRefused = error instanceof DirectoryAnswerError;
    await keep((trx) => (isRefused ? endCopy(trx, workspaceId, copy, "refused") : undoCopy(trx, workspaceId, copy)));
    return isRefused ? null : error;
  }
}
