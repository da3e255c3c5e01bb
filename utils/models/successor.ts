import { computed, effect, type ReadonlySignal } from "@preact/signals";
import type { Group, GroupLink } from "@partyline/contract/group";
import type { Gateway } from "./gateway.ts";
import type { PanelModel } from "./panel-model.ts";

/**
 * The latest group that follows a locked one and goes on without those who lock it (rule R8). Null where none is known
 * that does: one made earlier for other reasons may have the same people in it, and be locked as well.
 */
export function openSuccessor(
  gateway: Gateway,
  panel: PanelModel,
  group: ReadonlySignal<Group | null>,
): ReadonlySignal<GroupLink | null> {
  const following = computed(() => {
    const { lock = null, links = [] } = group.value ?? {};
    return lock === null ? [] : links.filter(({ relation }) => relation === "successor");
  });
  const all = panel.groups.all;
  const known = computed(() => new Map(all.value?.map((one) => [one.id, one])));
  const asked = new Set<string>();
  effect(() => {
    if (all.value === null) return;
    for (const { groupId } of following.value) {
      if (known.value.has(groupId) || asked.has(groupId)) continue;
      asked.add(groupId);
      void gateway.calls.load_group(groupId);
    }
  });
  return computed(
    () => following.value.findLast(({ groupId }) => goesOn(group.value, known.value.get(groupId))) ?? null,
  );
}

function goesOn(locked: Group | null, next: Group | undefined): boolean {
  if (locked === null || next === undefined || next.lock !== null) return false;
  const causes = new Set(locked.lock?.causes.map(({ participantId }) => participantId));
  const locking = new Set(locked.participants.filter(({ id }) => causes.has(id)).flatMap(traces));
  return next.participants.flatMap(traces).every((trace) => !locking.has(trace));
}

/** What tells that it is the same person in another group: whom the number belongs to, or the number. */
function traces({ phone, contacts }: Group["participants"][number]): string[] {
  return [phone, ...contacts.map(({ id }) => id)];
}
