import type { Group } from "@partyline/contract/group";
import type { Message } from "@partyline/contract/message";
import { groupTitle } from "@partyline/domain/people";
import type { Replica } from "./replica.ts";
import { listUnread } from "./unread.ts";

export interface Notice {
  id: string;
  title: string;
  message: string;
}

export interface NotifierParts {
  replica: Replica;
  /** Whether the user is looking at this thread right now. */
  isWatched: (groupId: string) => boolean;
  show: (notice: Notice) => Promise<unknown>;
  clear: (id: string) => Promise<unknown>;
  /** The message catalogue. */
  say: (key: string, values: string[]) => string;
}

/** More threads than this at once, such as after a night's sleep, make one notification. */
const SEPARATE_THREADS = 3;
const LINES = 3;
const SUMMARY = "summary";
const THREAD = "thread:";

/** The group a notification is about; null for the one about many. */
export function groupOfNotice(id: string): string | null {
  return id.startsWith(THREAD) ? id.slice(THREAD.length) : null;
}

interface News {
  group: Group;
  messages: Message[];
}

/**
 * Raises what is new, from what the replica holds rather than from what just came: so a worker that died between
 * the two misses nothing. How far each thread was told is written down first, so that no message is told twice.
 */
export async function notifyNews(parts: NotifierParts): Promise<void> {
  const news = (await claimNews(parts.replica)).filter(({ group }) => !parts.isWatched(group.id));
  if (news.length > SEPARATE_THREADS) await parts.show(summaryNotice(news, parts));
  else for (const one of news) await parts.show(threadNotice(one, parts));
}

/** Takes away the notifications of threads that were read meanwhile, here or on another machine. */
export async function clearRead(parts: NotifierParts, groupIds: readonly string[]): Promise<void> {
  for (const groupId of new Set(groupIds)) {
    const group = await parts.replica.get("groups", groupId);
    if (group === undefined || group.unread === 0) await parts.clear(THREAD + groupId);
    // The one about many may name it.
    if (group === undefined) await parts.clear(SUMMARY);
  }
}

async function claimNews(replica: Replica): Promise<News[]> {
  const groups = await listUnread(replica);
  const transaction = replica.transaction(["messages", "facts"], "readwrite");
  const facts = transaction.objectStore("facts");
  const told = (await facts.get("notified"))?.value as Record<string, number> | undefined;
  const byGroup = transaction.objectStore("messages").index("by_group");
  const news: News[] = [];
  const now: Record<string, number> = { ...told };
  for (const group of groups) {
    const from = Math.max(told?.[group.id] ?? 0, group.readSeq);
    const later = await byGroup.getAll(IDBKeyRange.bound([group.id, from], [group.id, Infinity], true));
    const messages = later.filter(({ direction }) => direction === "inbound");
    const last = messages.at(-1);
    if (last === undefined) continue;
    now[group.id] = last.seq;
    news.push({ group, messages });
  }
  await facts.put({ name: "notified", value: now });
  await transaction.done;
  // What was there before this browser first looked is no news.
  return told === undefined ? [] : news;
}

function threadNotice({ group, messages }: News, { say }: NotifierParts): Notice {
  const lines = messages
    .slice(-LINES)
    .map(({ author, text }) => say("notification_line", [author.name, text || say("notification_picture", [])]));
  return { id: THREAD + group.id, title: groupTitle(group), message: lines.join("\n") };
}

function summaryNotice(news: readonly News[], { say }: NotifierParts): Notice {
  const count = news.reduce((sum, { messages }) => sum + messages.length, 0);
  const titles = news.map(({ group }) => groupTitle(group)).join(", ");
  return {
    id: SUMMARY,
    title: say("notification_summary_title", [String(count)]),
    message: say("notification_summary_text", [String(news.length), titles]),
  };
}
