import { computed, effect, type ReadonlySignal } from "@preact/signals";
import type { Group } from "@partyline/contract/group";
import type { BusinessNumber } from "@partyline/contract/number";
import { groupKey } from "@partyline/domain/group-key";
import { mayFollow } from "@partyline/domain/succession";
import type { GroupsAsked } from "../background-calls.ts";
import { commandBase } from "./command-base.ts";
import type { Gateway } from "./gateway.ts";
import type { PanelModel } from "./panel-model.ts";
import type { RosterModel } from "./roster-model.ts";

const ASK_PAUSE_MS = 400;

interface Wanted {
  from: ReadonlySignal<BusinessNumber | null>;
  roster: RosterModel;
  successorOf: string | null;
}

/** The group there is already in the place of a new one, and what opening it does beyond showing it. */
export function watchExisting(gateway: Gateway, panel: PanelModel, { from, roster, successorOf }: Wanted) {
  const group = computed(() => findExisting(panel, from.value?.number ?? null, roster));
  const isTied = computed(
    () => group.value !== null && isTiedByOpening(panel.groups.all.value ?? [], group.value, successorOf),
  );
  effect(() => askForExisting(gateway, roster));
  return {
    group,
    isTied,
    /** The group to open in the place of a new one: the successor that was meant to be made, where it can be that. */
    async take(): Promise<string | null> {
      const groupId = group.value?.id ?? null;
      if (groupId === null || successorOf === null || !isTied.value) return groupId;
      const base = commandBase(gateway, groupId);
      await gateway.calls.enqueue({ ...base, kind: "follow_group", body: { groupId: successorOf } });
      return groupId;
    },
  };
}

/** Rule R9: the group with this business number and these people, where this machine knows of one. */
function findExisting(panel: PanelModel, businessNumber: string | null, roster: RosterModel) {
  const judged = roster.judged.value;
  if (!judged.ok || businessNumber === null) return null;
  const key = groupKey(
    businessNumber,
    judged.value.map(({ phone }) => phone),
  );
  const same = panel.groups.all.value?.find((group) => {
    // A thread that nobody made: making a group of it is the way to answer there.
    if (group.discovered) return false;
    const members = group.participants.map(({ phone }) => phone);
    return groupKey(group.businessNumber.number, members) === key;
  });
  return same ?? null;
}

/** Brings groups with the same people onto this machine, so that an existing one is found before the first send. */
function askForExisting(gateway: Gateway, roster: RosterModel): (() => void) | undefined {
  const judged = roster.judged.value;
  const first = judged.ok ? judged.value[0] : undefined;
  if (first === undefined) return undefined;
  const asked: GroupsAsked = { query: first.phone, filter: "all", cursor: null };
  const pause = setTimeout(() => void gateway.calls.load_groups(asked), ASK_PAUSE_MS);
  return () => clearTimeout(pause);
}

/** Whether opening this group instead of making a successor ties the two, as far as this machine knows both. */
function isTiedByOpening(groups: readonly Group[], existing: Group, successorOf: string | null): boolean {
  if (successorOf === null || existing.sendRefusal !== null) return false;
  const known = new Map(groups.map((group) => [group.id, group]));
  const ancestors: string[] = [];
  for (let id = predecessorOf(known.get(successorOf)); id !== null && !ancestors.includes(id);) {
    ancestors.push(id);
    id = predecessorOf(known.get(id));
  }
  const discovered = known.get(successorOf)?.discovered ?? false;
  return mayFollow(
    { id: existing.id, discovered: existing.discovered, predecessorId: predecessorOf(existing) },
    { id: successorOf, discovered, ancestors },
  );
}

function predecessorOf(group: Group | undefined): string | null {
  return group?.links.find(({ relation }) => relation === "predecessor")?.groupId ?? null;
}
