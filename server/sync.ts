import type { Change, SyncPage } from "@partyline/contract/sync";
import { maySeeContact } from "@partyline/domain/access";
import type { Context } from "./context.ts";
import { listGroups } from "./groups/group-list.ts";
import { viewGroups } from "./groups/group-view.ts";
import { viewMessages } from "./messages/message-list.ts";
import { readChanges, readHead, type ChangeRow } from "./store/change-log.ts";
import { findContacts } from "./store/contacts.ts";
import { findMessages } from "./store/messages.ts";
import { inWorkspace, type Trx } from "./store/tenant.ts";
import type { Member } from "./store/users.ts";

const PAGE = 200;
/** How many groups a fresh start is given; older ones are paged in as somebody scrolls. */
const FRESH_GROUPS = 50;

/**
 * What changed for this user after the cursor. With nothing new it waits, without asking the database, until there is
 * or the time is over.
 */
export async function sync(
  context: Context,
  member: Member,
  query: { cursor: number | null; waitMs: number; signal: AbortSignal },
): Promise<SyncPage> {
  const { cursor, waitMs, signal } = query;
  const head = await context.wakeups.head(member.workspaceId);
  // A cursor from the future is one of another database, such as a restored one.
  if (cursor === null || cursor > head) return startAfresh(context, member);
  if (head <= cursor && !(await context.wakeups.wait(member.workspaceId, cursor, waitMs, signal))) {
    return { cursor: String(cursor), changes: [], more: false, reset: false };
  }
  return inWorkspace(context.database, member.workspaceId, (trx) => catchUp(trx, member, cursor));
}

async function startAfresh({ database }: Context, member: Member): Promise<SyncPage> {
  return inWorkspace(database, member.workspaceId, async (trx) => {
    // The head first: what changes while we read comes again with the next page, which is harmless.
    const head = await readHead(trx, member.workspaceId);
    const { groups } = await listGroups(trx, member, { query: "", filter: "all", limit: FRESH_GROUPS });
    const changes = groups.map((group): Change => ({ kind: "group", group }));
    return {
      cursor: String(head),
      changes: [{ kind: "session" }, { kind: "numbers" }, { kind: "recipes" }, ...changes],
      more: false,
      reset: true,
    };
  });
}

async function catchUp(trx: Trx, member: Member, cursor: number): Promise<SyncPage> {
  // The head before the changes: each statement sees what is committed by then, so a head read after them could be
  // past a change that they do not hold.
  const upTo = Math.max(cursor, await readHead(trx, member.workspaceId));
  const rows = await readChanges(trx, member.workspaceId, { after: cursor, upTo, userId: member.id, limit: PAGE });
  const more = rows.length === PAGE;
  // The rest of the way is changes for other users, which are skipped over.
  const end = more ? (rows.at(-1)?.seq ?? upTo) : upTo;
  return { cursor: String(end), changes: await viewChanges(trx, member, rows), more, reset: false };
}

async function viewChanges(trx: Trx, member: Member, rows: readonly ChangeRow[]): Promise<Change[]> {
  const groupIds = [...new Set(rows.flatMap((row) => row.groupId ?? []))];
  const groups = new Map((await viewGroups(trx, member, groupIds)).map((group) => [group.id, group]));
  const messageIds = rows.flatMap((row) =>
    row.kind === "message" && row.subjectId !== null && row.groupId !== null && groups.has(row.groupId)
      ? [row.subjectId]
      : [],
  );
  const messages = await viewMessages(trx, member.workspaceId, await findMessages(trx, member.workspaceId, messageIds));
  const changedGroups = new Set(rows.flatMap((row) => (row.kind === "group" ? (row.groupId ?? []) : [])));
  return [
    ...[...changedGroups].map((id): Change => {
      const group = groups.get(id);
      return group ? { kind: "group", group } : { kind: "group_gone", groupId: id };
    }),
    ...messages.map((message): Change => ({ kind: "message", message })),
    ...(await plainChanges(trx, member, rows)),
  ];
}

/** Changes that say only that something is to be read again; once each is enough. */
async function plainChanges(trx: Trx, member: Member, rows: readonly ChangeRow[]): Promise<Change[]> {
  const contactIds = await visibleContacts(trx, member, rows);
  const kinds = new Set(rows.map((row) => row.kind));
  return [
    ...contactIds.map((contactId): Change => ({ kind: "contact", contactId })),
    ...(kinds.has("numbers") ? [{ kind: "numbers" } as const] : []),
    ...(kinds.has("recipes") ? [{ kind: "recipes" } as const] : []),
    ...(kinds.has("session") ? [{ kind: "session" } as const] : []),
  ];
}

/** Of a contact that is not theirs, a user with assigned data only does not learn that it exists (rule R10). */
async function visibleContacts(trx: Trx, member: Member, rows: readonly ChangeRow[]): Promise<string[]> {
  const ids = [...new Set(rows.flatMap((row) => (row.kind === "contact" ? (row.subjectId ?? []) : [])))];
  if (!member.assignedDataOnly) return ids;
  const contacts = await findContacts(trx, member.workspaceId, ids);
  return contacts.filter((contact) => maySeeContact(member, contact)).map((contact) => contact.id);
}
