import { computed, createModel, effect, signal, type ReadonlySignal } from "@preact/signals";
import type { BusinessNumber } from "@partyline/contract/number";
import { judgeText, type TextRefusal } from "@partyline/domain/message-text";
import type { PhonePick } from "@partyline/domain/roster";
import type { Command } from "../command.ts";
import { commandBase } from "./command-base.ts";
import { DraftModel } from "./drafts.ts";
import { ourNumbersTowards } from "./facts-model.ts";
import type { Gateway } from "./gateway.ts";
import { NewlyTickedModel } from "./newly-ticked-model.ts";
import type { NewGroupStart } from "./navigation.ts";
import type { PanelModel } from "./panel-model.ts";
import { RosterModel } from "./roster-model.ts";
import { watchExisting } from "./existing-group.ts";
import { goOn, type UnfinishedGroup } from "./unfinished-group.ts";

/** Where the first message's draft is kept: a group that does not exist yet has no id of its own. */
const DRAFT_KEY = "new_group";

/** A group in the making: from which number, to whom, under which name, with which first message. */
export const NewGroupModel = createModel((gateway: Gateway, panel: PanelModel, start: NewGroupStart) => {
  const begun = goOn(panel.navigation.unfinished.peek(), panel.facts.session.peek()?.user.id ?? null, start);
  const chosenNumberId = signal(begun.businessNumberId);
  const name = signal(begun.name);
  const textRefusal = signal<TextRefusal | null>(null);
  const draft = new DraftModel(gateway, DRAFT_KEY);
  const numberChosen = (number: BusinessNumber) => number.id === chosenNumberId.value;
  const from = computed(() => panel.facts.numbers.value.find(numberChosen) ?? panel.usualNumber.value);
  const roster = beginRoster(gateway, panel, { begun, from });
  effect(() => {
    const { people, chosen } = roster;
    const now = { added: people.added.value, chosen: chosen.value, name: name.value };
    panel.navigation.unfinished.value = { ...begun, ...now, businessNumberId: chosenNumberId.value };
  });
  const existing = watchExisting(gateway, panel, { from, roster, successorOf: start.successorOf });
  effect(() => panel.remember(roster.contacts.value));

  return {
    from,
    chosenNumberId,
    name,
    draft,
    roster,
    existing: existing.group,
    tiesExisting: existing.isTied,
    textRefusal,
    newlyTicked: new NewlyTickedModel(panel.selection, roster.people),
    write(text: string) {
      textRefusal.value = null;
      draft.write(text);
    },
    async send(): Promise<void> {
      const written = draft.text.value;
      const text = judgeText(written, panel.facts.limits.value.textMax);
      textRefusal.value = text.ok ? null : text.refusal;
      const number = from.value;
      if (!text.ok || !roster.judged.value.ok || number === null || number.refusal !== null) return;
      const choices = { number, name: name.value, picks: roster.picks.value, text: text.value };
      const command = createGroup(gateway, start, choices);
      if (!(await panel.outbox.send([command]))) return;
      await draft.clear(written);
      panel.navigation.unfinished.value = null;
      panel.navigation.openThread(command.groupId);
    },
    /** What was written goes along, unless something is being written there already. */
    async openExisting(): Promise<void> {
      const groupId = await existing.take();
      if (groupId !== null) await moveDraft(gateway, draft, groupId);
      if (groupId !== null) panel.navigation.openThread(groupId);
    },
  };
});
export type NewGroupModel = InstanceType<typeof NewGroupModel>;

interface RosterBeginning {
  begun: UnfinishedGroup;
  from: ReadonlySignal<BusinessNumber | null>;
}

function beginRoster(gateway: Gateway, panel: PanelModel, { begun, from }: RosterBeginning): RosterModel {
  const { added, chosen, start } = begun;
  return new RosterModel(gateway, {
    ourNumbers: ourNumbersTowards(from, panel.facts),
    maxParticipants: panel.facts.mostPeople,
    account: start.account,
    rows: start.rows,
    added,
    chosen,
  });
}

async function moveDraft(gateway: Gateway, draft: DraftModel, groupId: string): Promise<void> {
  const text = draft.text.value;
  if (text.trim() === "" || (await gateway.replica.get("drafts", groupId)) !== undefined) return;
  await gateway.replica.put("drafts", { groupId, text });
  gateway.announce({ store: "drafts", groupId });
  await draft.clear(text);
}

interface Choices {
  number: BusinessNumber;
  name: string;
  picks: readonly PhonePick[];
  text: string;
}

function createGroup(gateway: Gateway, start: NewGroupStart, { number, name, picks, text }: Choices): Command {
  const groupId = gateway.newId();
  return {
    ...commandBase(gateway, groupId),
    kind: "create_group",
    body: {
      id: groupId,
      businessNumberId: number.id,
      participants: picks.map(({ contact, phone }) => ({ contactId: contact.id, phone })),
      name: name.trim() || null,
      successorOf: start.successorOf,
      firstMessage: { id: gateway.newId(), text },
    },
  };
}
