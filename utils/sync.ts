import { BusinessNumbers } from "@partyline/contract/number";
import { Session } from "@partyline/contract/session";
import { SyncPage, type Change } from "@partyline/contract/sync";
import { allow, type Result } from "@partyline/domain/result";
import type { ApiClient } from "./api-client.ts";
import type { CallRefusal } from "./command.ts";
import { forgetEverything, forgetGroup, keepGroup, keepMessage, type Writing } from "./known.ts";
import { readFact, type Facts, type Replica, type ReplicaChange } from "./replica.ts";
import { fetchUnread } from "./unread-groups.ts";

export interface SyncParts {
  replica: Replica;
  api: ApiClient;
  announce: (change: ReplicaChange) => void;
}

/** What a round of syncing found out, for those who tell people about it. */
export interface Round {
  /** Groups that changed, or are no longer known. */
  groupIds: string[];
  /** People who changed in the directory. */
  contactIds: string[];
  /** Whether recipes are to be fetched again. */
  recipes: boolean;
}

/** How long the backend may hold a poll: under the 30 s after which an idle worker is put to sleep. */
export const LONGEST_WAIT_S = 25;
const ANSWER_SLACK_MS = 10_000;

/**
 * Fetches what happened since the cursor, page by page, until nothing is left; with `wait`, first stays until something
 * happens. Each page is kept in one transaction with its cursor, so that nothing is skipped or half known.
 */
export async function syncOnce(
  parts: SyncParts,
  wait: number,
  signal?: AbortSignal,
): Promise<Result<Round, CallRefusal>> {
  const round: Round = { groupIds: [], contactIds: [], recipes: false };
  for (let more = true, patience = wait; more; patience = 0) {
    const cursor = await readFact(parts.replica, "cursor");
    const page = await parts.api.get("/v1/sync", SyncPage, {
      query: { ...(cursor !== undefined && { cursor }), wait: patience },
      timeoutMs: patience * 1000 + ANSWER_SLACK_MS,
      ...(signal && { signal }),
    });
    if (!page.ok) return page;
    const facts = await refetchFacts(parts, page.value);
    if (!facts.ok) return facts;
    const dropped = await keepPage(parts, { asked: cursor, page: page.value, facts: facts.value });
    round.groupIds.push(...dropped, ...page.value.changes.flatMap(groupOf));
    round.contactIds.push(...page.value.changes.flatMap((one) => (one.kind === "contact" ? [one.contactId] : [])));
    round.recipes ||= page.value.changes.some(({ kind }) => kind === "recipes");
    more = page.value.more;
  }
  // Where this fails, the next round tries again: what is known already is to be told all the same.
  await fetchUnread(parts);
  return allow(round);
}

type FreshFacts = Partial<Pick<Facts, "numbers" | "session">>;

/** Fetched before the page is kept: once the cursor has moved on, nobody would say again that they changed. */
async function refetchFacts({ api }: SyncParts, page: SyncPage): Promise<Result<FreshFacts, CallRefusal>> {
  const facts: FreshFacts = {};
  if (page.reset || page.changes.some(({ kind }) => kind === "numbers" || kind === "session")) {
    const numbers = await api.get("/v1/numbers", BusinessNumbers);
    if (!numbers.ok) return numbers;
    facts.numbers = numbers.value.numbers;
  }
  if (page.reset || page.changes.some(({ kind }) => kind === "session")) {
    const session = await api.get("/v1/session", Session);
    if (!session.ok) return session;
    facts.session = session.value;
  }
  return allow(facts);
}

interface Fetched {
  asked: string | undefined;
  page: SyncPage;
  facts: FreshFacts;
}

/** @returns the groups that were known and that a reset did not bring back */
async function keepPage({ replica, announce }: SyncParts, { asked, page, facts }: Fetched): Promise<string[]> {
  const transaction = replica.transaction(["groups", "messages", "drafts", "facts"], "readwrite");
  const kept = transaction.objectStore("facts");
  // Another round was faster, or somebody signed out: this page is no longer what follows.
  if ((await kept.get("cursor"))?.value !== asked) return [];
  const known = page.reset ? await forgetEverything(transaction, page.cursor) : [];
  if (page.reset) await kept.put({ name: "unreadFrom", value: page.unreadFrom });
  for (const change of page.changes) await keepChange(transaction, change, page.cursor);
  for (const [name, value] of Object.entries(facts)) await kept.put({ name: name as keyof FreshFacts, value });
  await kept.put({ name: "cursor", value: page.cursor });
  await transaction.done;
  for (const change of announcements(page, facts)) announce(change);
  const again = new Set(page.changes.flatMap(groupOf));
  return known.filter((id) => !again.has(id));
}

async function keepChange(transaction: Writing, change: Change, cursor: string): Promise<void> {
  if (change.kind === "group") {
    await keepGroup(transaction, change.group);
    if (change.group.lastMessage) await keepMessage(transaction, change.group.lastMessage);
  }
  if (change.kind === "message") await keepMessage(transaction, change.message);
  if (change.kind === "group_gone") await forgetGroup(transaction, change.groupId, cursor);
}

function announcements(page: SyncPage, facts: FreshFacts): ReplicaChange[] {
  if (page.reset) return [{ store: "everything" }];
  const groups = [...new Set(page.changes.flatMap(groupOf))];
  const threads = page.changes.flatMap((change) => (change.kind === "message" ? [change.message.groupId] : []));
  return [
    ...(groups.length > 0 ? [{ store: "groups", ids: groups } as const] : []),
    ...[...new Set([...groups, ...threads])].map((groupId) => ({ store: "messages", groupId }) as const),
    ...Object.keys(facts).map((name) => ({ store: "facts", name: name as keyof FreshFacts }) as const),
  ];
}

function groupOf(change: Change): string[] {
  if (change.kind === "group") return [change.group.id];
  if (change.kind === "group_gone") return [change.groupId];
  return change.kind === "message" ? [change.message.groupId] : [];
}
