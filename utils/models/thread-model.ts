import { computed, createModel, effect, signal, type ReadonlySignal } from "@preact/signals";
import type { Group } from "@partyline/contract/group";
import { judgeText, type TextRefusal } from "@partyline/domain/message-text";
import type { CallRefusal } from "../command.ts";
import { commandBase } from "./command-base.ts";
import { DraftModel } from "./drafts.ts";
import type { Gateway } from "./gateway.ts";
import type { PanelModel } from "./panel-model.ts";
import { Reading } from "./reading.ts";
import { Held } from "./held-texts.ts";
import { Scheduled, type Planning } from "./scheduled-texts.ts";
import { pendingTexts, threadItems } from "./thread-items.ts";
import { openSuccessor } from "./successor.ts";
import { ThreadMessages } from "./thread-messages.ts";

/** No sooner than the backend asks the CRM again. */
const LOOK_AGAIN_MS = 30_000;

/** One group's thread: what was said, what is on its way, and what the user is writing. */
export const ThreadModel = createModel((gateway: Gateway, panel: PanelModel, groupId: string) => {
  const { group, load, refusal } = liveGroup(gateway, panel, groupId);
  lookWhileSeen(gateway, groupId, group);
  const mine = computed(() => panel.outbox.items.value.filter((item) => item.groupId === groupId));
  const thread = new ThreadMessages(gateway, groupId);
  const reading = new Reading(gateway, groupId, { group, messages: thread.messages });
  const pending = computed(() => pendingTexts(mine.value, groupId, thread.messages.value ?? []));
  const held = new Held(gateway, panel.outbox, groupId, { items: mine, pending, messages: thread.messages });
  const writing = new Writing(gateway, panel, groupId);
  const scheduled = new Scheduled(gateway, panel.outbox, groupId, { group, items: mine });
  return {
    group,
    /** Where a locked group goes on. */
    successor: openSuccessor(gateway, panel, group),
    load,
    /** Why the group could not be fetched. */
    refusal,
    thread,
    writing,
    announced: reading.announced,
    items: computed(() =>
      threadItems({
        messages: thread.messages.value ?? [],
        pending: pending.value,
        scheduled: scheduled.list.value,
        newAfter: reading.newAfter.value,
      }),
    ),
    /** A new name the backend did not take. */
    refusedRename: computed(() => mine.value.find((item) => item.kind === "rename_group" && item.refused !== null)),
    held,
    scheduled,
    /** Has it sent at this time; what was written for it leaves the composer. */
    async schedule(plan: Planning, content: { text: string; sendAt: string }) {
      if ((await scheduled.keep(plan, content)) && plan.isDraft) await writing.draft.clear(content.text);
    },
    async send() {
      if (await writing.send()) reading.settle();
    },
    rename: (name: string) =>
      gateway.calls.enqueue({
        ...commandBase(gateway, groupId),
        kind: "rename_group",
        body: { name: name.trim() || null },
      }),
  };
});
export type ThreadModel = InstanceType<typeof ThreadModel>;

/** Opened, or come back to: who was put on do-not-disturb meanwhile shows before anybody begins to write. */
function lookWhileSeen(gateway: Gateway, groupId: string, group: ReadonlySignal<Group | null>): void {
  const isThere = computed(() => group.value !== null);
  let lookedAt = -Infinity;
  effect(() => {
    if (!gateway.attentive.value || !isThere.value || gateway.now() - lookedAt < LOOK_AGAIN_MS) return;
    lookedAt = gateway.now();
    void gateway.calls.look_at_group(groupId);
  });
}

/** The message being written to an existing group. */
const Writing = createModel((gateway: Gateway, panel: PanelModel, groupId: string) => {
  const draft = new DraftModel(gateway, groupId);
  // Another tab has the same people before it, and must not offer them again what was sent.
  effect(() =>
    gateway.changes.subscribe((change) => {
      const concerns = change.store === "drafts" && change.groupId === groupId;
      if (concerns || change.store === "everything") void draft.follow();
    }),
  );
  const refusal = signal<TextRefusal | null>(null);
  return {
    draft,
    refusal,
    write(text: string) {
      refusal.value = null;
      draft.write(text);
    },
    async send(): Promise<boolean> {
      const written = draft.text.value;
      const judged = judgeText(written, panel.facts.limits.value.textMax);
      refusal.value = judged.ok ? null : judged.refusal;
      if (!judged.ok) return false;
      const body = { id: gateway.newId(), text: judged.value };
      const isSent = await panel.outbox.send([{ ...commandBase(gateway, groupId), kind: "send_message", body }]);
      if (isSent) await draft.clear(written);
      return isSent;
    },
  };
});

/** The group as this machine knows it; fetched when it does not. */
function liveGroup(gateway: Gateway, panel: PanelModel, groupId: string) {
  const refusal = signal<CallRefusal | null>(null);
  const load = async () => {
    const answer = await gateway.calls.load_group(groupId);
    refusal.value = answer.ok ? null : answer.refusal;
  };
  const all = panel.groups.all;
  const group = computed<Group | null>(() => all.value?.find(({ id }) => id === groupId) ?? null);
  const lacking = computed(() => all.value !== null && group.value === null);
  effect(() => {
    if (lacking.value) void load();
  });
  return { group, load, refusal };
}
