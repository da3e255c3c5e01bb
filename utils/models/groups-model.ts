import { computed, createModel, signal, type ReadonlySignal } from "@preact/signals";
import type { Group, GroupFilter } from "@partyline/contract/group";
import type { OutboxItem } from "../command.ts";
import type { Gateway } from "./gateway.ts";
import { groupPages } from "./group-pages.ts";
import { matchesQuery, passesFilter } from "./group-search.ts";
import { liveQuery } from "./live-query.ts";
import { withWaiting, type Known } from "./waiting-groups.ts";

const SEARCH_PAUSE_MS = 250;

export interface GroupSurroundings {
  outbox: ReadonlySignal<OutboxItem[]>;
  known: ReadonlySignal<Known>;
}

/** The groups of the home view: unread first, each part by latest activity; narrowed by a filter and a search. */
export const GroupsModel = createModel((gateway: Gateway, around: GroupSurroundings) => {
  const stored = liveQuery(
    gateway,
    () => newestFirst(gateway),
    ({ store }) => store === "groups",
  );
  const query = signal("");
  const filter = signal<GroupFilter>("all");
  const userId = computed(() => around.known.value.session?.user.id ?? null);
  const all = computed(() =>
    stored.value.value === null ? null : withWaiting(stored.value.value, around.outbox.value, around.known.value),
  );
  const pages = groupPages(gateway, {
    question: () => ({ query: query.peek().trim(), filter: filter.peek(), userId: userId.peek() }),
    shown: () => new Set(found.peek().map(({ id }) => id)),
  });
  // The backend searches everything that was ever said; this machine knows only what was said last.
  const isFound = (group: Group) => matchesQuery(group, query.value) || pages.found.value.has(group.id);
  const found = computed(
    () => all.value?.filter((group) => passesFilter(group, filter.value, userId.value) && isFound(group)) ?? [],
  );
  let pause: ReturnType<typeof setTimeout> | undefined;
  /** A search was written and the backend is not asked yet: nobody knows that there is nothing. */
  const pausing = signal(false);
  return {
    query,
    filter,
    /** Null until the replica has been read. */
    all,
    found,
    unread: computed(() => found.value.filter((group) => group.unread > 0)),
    earlier: computed(() => found.value.filter((group) => group.unread === 0)),
    /** What was said in a group that the search found by it; null where the last message says as much. */
    said: (groupId: string) => pages.found.value.get(groupId) ?? null,
    loading: computed(() => pausing.value || pages.loading.value),
    /** Looked through much without finding more, and did not get to the end. */
    isPaused: pages.isPaused,
    /** Why the backend could not be asked for more; what is known is shown all the same. */
    refusal: pages.refusal,
    search(text: string) {
      query.value = text;
      pages.forget();
      clearTimeout(pause);
      pausing.value = true;
      pause = setTimeout(() => {
        pausing.value = false;
        void pages.more();
      }, SEARCH_PAUSE_MS);
    },
    show(which: GroupFilter) {
      filter.value = which;
      void pages.more();
    },
    /** At the end of the list: asks for the groups that are not on this machine yet. */
    loadMore: () => pages.more(),
  };
});
export type GroupsModel = InstanceType<typeof GroupsModel>;

async function newestFirst(gateway: Gateway): Promise<Group[]> {
  const groups = await gateway.replica.getAllFromIndex("groups", "by_activity");
  return groups.reverse();
}
