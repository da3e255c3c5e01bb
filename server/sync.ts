import type { Group } from "@partyline/contract/group";
import type { Change, SyncPage } from "@partyline/contract/sync";
import { maySeeContact } from "@partyline/domain/access";
import type { Context } from "./context.ts";
import { ProblemError } from "./http/problem-error.ts";
import { listFirst } from "./groups/group-list.ts";
import { viewGroups } from "./groups/group-view.ts";
import { viewMessages } from "./messages/message-list.ts";
import { readBounds, readChanges, type ChangeRow } from "./store/change-log.ts";
import { findContacts } from "./store/contacts.ts";
import { findMessages } from "./store/messages.ts";
import { inWorkspace, type Trx } from "./store/tenant.ts";
import { readMember, type Member } from "./store/users.ts";

const PAGE = 200;

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
  if (cursor === null || cursor > head) {
    return inWorkspace(context.database, member.workspaceId, (trx) => startAfresh(trx, member));
  }
  if (head <= cursor && !(await context.wakeups.wait(member.workspaceId, cursor, waitMs, signal))) {
    return { cursor: String(cursor), changes: [], more: false, reset: false, unreadFrom: null };
  }
  return inWorkspace(context.database, member.workspaceId, (trx) => catchUp(trx, member, cursor));
}

async function startAfresh(trx: Trx, member: Member): Promise<SyncPage> {
  // The head first: what changes while we read comes again with the next page, which is harmless.
  const { head } = await readBounds(trx, member.workspaceId);
  const { groups, unreadFrom } = await listFirst(trx, await asOfNow(trx, member));
  const changes = groups.map((group): Change => ({ kind: "group", group }));
  return {
    cursor: String(head),
    changes: [{ kind: "session" }, { kind: "numbers" }, { kind: "recipes" }, ...changes],
    more: false,
    reset: true,
    unreadFrom,
  };
}

async function catchUp(trx: Trx, member: Member, cursor: number): Promise<SyncPage> {
  // The head before the changes: each statement sees what is committed by then, so a head read after them could be
  // past a change that they do not hold.
  const { head, forgotten } = await readBounds(trx, member.workspaceId);
  if (cursor < forgotten) return startAfresh(trx, member);
  const upTo = Math.max(cursor, head);
  const rows = await readChanges(trx, member.workspaceId, { after: cursor, upTo, userId: member.id, limit: PAGE });
  // With other rights, any group may have come or gone, and with other numbers, any group may be written in or not.
  if (rows.some(({ kind }) => kind === "session" || kind === "numbers")) return startAfresh(trx, member);
  const more = rows.length === PAGE;
  // The rest of the way is changes for other users, which are skipped over.
  const end = more ? (rows.at(-1)?.seq ?? upTo) : upTo;
  const changes = await viewChanges(trx, await asOfNow(trx, member), rows);
  return { cursor: String(end), changes, more, reset: false, unreadFrom: null };
}

/** Who asks may be known from a moment ago, before a change that this answer already passes by. */
async function asOfNow(trx: Trx, member: Member): Promise<Member> {
  const now = await readMember(trx, member);
  if (now === undefined) throw new ProblemError("not_allowed");
  return now;
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
  return [
    ...viewGroupChanges(member, rows, groups),
    ...messages.map((message): Change => ({ kind: "message", message })),
    ...(await visibleContacts(trx, member, rows)).map((contactId): Change => ({ kind: "contact", contactId })),
    ...(rows.some(({ kind }) => kind === "recipes") ? [{ kind: "recipes" } as const] : []),
  ];
}

/**
 * Each changed group as it is now. That one is gone is told to those who saw it: to a user with assigned data only when
 * the log says so for them, since of other people's groups they learn nothing, not even that there are any; everybody
 * else sees every group, and misses only what was absorbed into another one.
 */
function viewGroupChanges(member: Member, rows: readonly ChangeRow[], groups: ReadonlyMap<string, Group>): Change[] {
  const ids = (...kinds: ChangeRow["kind"][]) =>
    new Set(rows.flatMap((row) => (kinds.includes(row.kind) ? (row.groupId ?? []) : [])));
  const lost = member.assignedDataOnly ? ids("group_gone") : ids("group");
  return [...ids("group", "group_gone")].flatMap((id): Change[] => {
    const group = groups.get(id);
    if (group !== undefined) return [{ kind: "group", group }];
    return lost.has(id) ? [{ kind: "group_gone", groupId: id }] : [];
  });
}

/** Of a contact that is not theirs, a user with assigned data only does not learn that it exists (rule R10). */
async function visibleContacts(trx: Trx, member: Member, rows: readonly ChangeRow[]): Promise<string[]> {
  const ids = [...new Set(rows.flatMap((row) => (row.kind === "contact" ? (row.subjectId ?? []) : [])))];
  if (!member.assignedDataOnly) return ids;
  const contacts = await findContacts(trx, member.workspaceId, ids);
  return contacts.filter((contact) => maySeeContact(member, contact)).map((contact) => contact.id);
}
