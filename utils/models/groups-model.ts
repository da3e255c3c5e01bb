import { computed, createModel, signal, type ReadonlySignal } from "@preact/signals";
import type { Group } from "@partyline/contract/group";
import type { CallRefusal, OutboxItem } from "../command.ts";
import type { Gateway } from "./gateway.ts";
import { matchesQuery } from "./group-search.ts";
import { liveQuery } from "./live-query.ts";
import { withWaiting, type Known } from "./waiting-groups.ts";

const SEARCH_PAUSE_MS = 250;

export interface GroupSurroundings {
  outbox: ReadonlySignal<OutboxItem[]>;
  known: ReadonlySignal<Known>;
}

/** The groups of the home view: unread first, each part by latest activity; narrowed by a search. */
export const GroupsModel = createModel((gateway: Gateway, around: GroupSurroundings) => {
  const stored = liveQuery(
    gateway,
    () => newestFirst(gateway),
    ({ store }) => store === "groups",
  );
  const query = signal("");
  const all = computed(() =>
    stored.value.value === null ? null : withWaiting(stored.value.value, around.outbox.value, around.known.value),
  );
  const found = computed(() => all.value?.filter((group) => matchesQuery(group, query.value)) ?? []);
  const pages = groupPages(gateway, () => query.peek().trim());
  let pause: ReturnType<typeof setTimeout> | undefined;
  return {
    query,
    /** Null until the replica has been read. */
    all,
    found,
    unread: computed(() => found.value.filter((group) => group.unread > 0)),
    earlier: computed(() => found.value.filter((group) => group.unread === 0)),
    loading: pages.loading,
    /** Why the backend could not be asked for more; what is known is shown all the same. */
    refusal: pages.refusal,
    search(text: string) {
      query.value = text;
      clearTimeout(pause);
      pause = setTimeout(() => void pages.more(), SEARCH_PAUSE_MS);
    },
    /** At the end of the list: asks for the groups that are not on this machine yet. */
    loadMore: () => pages.more(),
  };
});
export type GroupsModel = InstanceType<typeof GroupsModel>;

/** The backend's pages of groups for the query at hand; they arrive in the replica. */
function groupPages(gateway: Gateway, query: () => string) {
  const loading = signal(false);
  const refusal = signal<CallRefusal | null>(null);
  /** Where to go on, and in the pages of which query; null before the first page. */
  let place: { query: string; next: string | null } | null = null;
  let asking: string | null = null;

  const more = async () => {
    const asked = query();
    const cursor = place?.query === asked ? place.next : null;
    const atEnd = place?.query === asked && place.next === null;
    if (asking === asked || atEnd) return;
    asking = asked;
    loading.value = true;
    const page = await gateway.calls.load_groups(asked, cursor);
    if (asking !== asked) return;
    asking = null;
    loading.value = false;
    refusal.value = page.ok ? null : page.refusal;
    if (page.ok) place = { query: asked, next: page.value.next };
  };
  return { loading, refusal, more };
}

async function newestFirst(gateway: Gateway): Promise<Group[]> {
  const groups = await gateway.replica.getAllFromIndex("groups", "by_activity");
  return groups.reverse();
}
