import { signal } from "@preact/signals";
import type { GroupFilter } from "@partyline/contract/group";
import type { Message } from "@partyline/contract/message";
import type { CallRefusal } from "../command.ts";
import type { Gateway } from "./gateway.ts";

/** What the list shows; another user asks anew. */
interface Question {
  query: string;
  filter: GroupFilter;
  userId: string | null;
}

interface Place {
  question: string;
  /** The filters still to be walked through, and where in the first of them. */
  left: GroupFilter[];
  cursor: string | null;
}

interface PagesParts {
  question: () => Question;
  /** The groups that the list shows by now. */
  shown: () => ReadonlySet<string>;
}

/** So many pages without anything new are turned by themselves. A page of a search may look at thousands of groups. */
const MOST_TURNED = 8;

/** The backend's pages of groups for the question at hand, one at a time; the groups arrive in the replica. */
export function groupPages(gateway: Pick<Gateway, "calls">, { question, shown }: PagesParts) {
  const loading = signal(false);
  /** Many pages held nothing new, and there are more: somebody is to say whether to look on. */
  const isPaused = signal(false);
  const refusal = signal<CallRefusal | null>(null);
  /** Groups that the backend named, with what was said in them where that is why: this machine may not hold it. */
  const found = signal<ReadonlyMap<string, Message | null>>(new Map());
  let place: Place | null = null;
  let asking: string | null = null;

  const forget = () => {
    place = null;
    asking = null;
    isPaused.value = false;
    found.value = new Map();
  };

  /** Fetches one page; tells whether it held anything that the list does not show yet. */
  const turn = async (asked: Question, at: Place, filter: GroupFilter): Promise<boolean> => {
    const before = shown();
    const page = await gateway.calls.load_groups({ query: asked.query, filter, cursor: at.cursor });
    if (asking !== at.question) return true;
    refusal.value = page.ok ? null : page.refusal;
    if (!page.ok) return true;
    const { groupIds, said, next } = page.value;
    if (asked.query !== "") found.value = new Map([...found.value, ...withSaid(groupIds, said)]);
    place = { ...at, left: next === null ? at.left.slice(1) : at.left, cursor: next };
    return groupIds.some((id) => !before.has(id));
  };

  // The first pages are mostly known: without something new the list would not grow, and nobody would ask again.
  const turnUntilNew = async (asked: Question, key: string): Promise<void> => {
    for (let turned = 0; turned < MOST_TURNED; turned += 1) {
      const at = asking === key ? place : null;
      const filter = at?.left[0];
      if (at === null || filter === undefined || (await turn(asked, at, filter))) return;
    }
    isPaused.value = asking === key && place?.left.length !== 0;
  };

  const more = async () => {
    const asked = question();
    const key = JSON.stringify(asked);
    if (asking === key) return;
    if (place?.question !== key) {
      forget();
      place = { question: key, left: walk(asked), cursor: null };
    }
    asking = key;
    isPaused.value = false;
    loading.value = true;
    await turnUntilNew(asked, key);
    if (asking !== key) return;
    asking = null;
    loading.value = false;
  };
  return { loading, isPaused, refusal, found, more, forget };
}

function withSaid(groupIds: readonly string[], said: readonly Message[]): [string, Message | null][] {
  const byGroup = new Map(said.map((message) => [message.groupId, message]));
  return groupIds.map((id) => [id, byGroup.get(id) ?? null]);
}

/** What is unread stands on top of the whole list, so it is fetched before what is merely later. */
function walk({ query, filter }: Question): GroupFilter[] {
  return filter === "all" && query === "" ? ["unread", "all"] : [filter];
}
