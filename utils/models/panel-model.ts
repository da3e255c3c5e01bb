import { computed, createModel, effect, signal, untracked, type ReadonlySignal } from "@preact/signals";
import type { Contact } from "@partyline/contract/contact";
import type { BusinessNumber } from "@partyline/contract/number";
import { clock } from "./clock.ts";
import { FactsModel, ourNumbersTowards } from "./facts-model.ts";
import type { Gateway } from "./gateway.ts";
import { GroupsModel } from "./groups-model.ts";
import { Navigation } from "./navigation.ts";
import { OutboxModel } from "./outbox-model.ts";
import { phoneCode } from "./phone-code.ts";
import { PlaceModel } from "./place-model.ts";
import { SelectionModel, selectionStart } from "./selection-model.ts";
import { SignInModel } from "./sign-in-model.ts";
import { SurroundingsModel } from "./surroundings-model.ts";
import { startElsewhere } from "./unfinished-group.ts";
import type { Known } from "./waiting-groups.ts";

/** The panel as a whole: who is signed in, what is known, and where the user is. */
export const PanelModel = createModel((gateway: Gateway) => {
  const facts = new FactsModel(gateway);
  const outbox = new OutboxModel(gateway);
  const met = signal<ReadonlyMap<string, Contact>>(new Map());
  const known = computed<Known>(() => ({
    session: facts.session.value,
    numbers: facts.numbers.value,
    contacts: met.value,
    normalise: phoneCode.here.value?.normalisePhone ?? null,
  }));
  const groups = new GroupsModel(gateway, { outbox: outbox.items, known });
  const signIn = new SignInModel(gateway);
  const navigation = new Navigation();
  const place = new PlaceModel(gateway.calls);
  const usualNumber = computed(() => usualOf(facts.numbers.value));
  const ownAccount = computed(() => facts.session.value?.crmAccount ?? null);
  const selection = new SelectionModel(gateway, {
    ourNumbers: ourNumbersTowards(usualNumber, facts),
    ownAccount,
  });
  const surroundings = new SurroundingsModel(gateway, { navigation, ownAccount, ownNumbers: facts.ownNumbers });
  hearEvents(gateway, { signIn, selection, navigation, surroundings });
  const userId = computed(() => facts.session.value?.user.id ?? null);
  // Whoever signs in sees the page's selection with their own rights, and of their own account.
  const looking = computed(() => (userId.value === null ? "" : `${userId.value} ${ownAccount.value?.id ?? ""}`));
  effect(() => {
    if (looking.value !== "") untracked(() => void selection.lookAgain());
  });
  return {
    isRead: readState(facts, groups),
    facts,
    outbox,
    groups,
    signIn,
    navigation,
    place,
    selection,
    surroundings,
    usualNumber,
    /** Keeps contacts in mind, so that what waits in the outbox can be shown with names. */
    remember(contacts: readonly Contact[]) {
      met.value = new Map([...met.value, ...contacts.map((contact) => [contact.id, contact] as const)]);
    },
    /** Begins a group with whoever is ticked. */
    startGroup() {
      const { isElsewhere, selection: ticked } = selection;
      navigation.openNewGroup(
        isElsewhere.value ? startElsewhere(navigation.unfinished.value, userId.value) : selectionStart(ticked.value),
      );
    },
    now: clock(gateway),
  };
});
export type PanelModel = InstanceType<typeof PanelModel>;

interface Hearing {
  signIn: SignInModel;
  selection: SelectionModel;
  navigation: Navigation;
  surroundings: SurroundingsModel;
}

/** One subscription for all: what came before anybody listened is handed to the first listener only. */
function hearEvents({ events }: Gateway, { signIn, selection, navigation, surroundings }: Hearing): void {
  effect(() =>
    events.subscribe((event) => {
      if (event.kind === "connection") signIn.hear(event.connection);
      if (event.kind === "connection" && event.connection.state === "connected") void selection.lookAgainIfRefused();
      if (event.kind === "selection") void selection.take(event.selection);
      if (event.kind === "contacts_changed") void selection.lookAgainIfShown(event.ids);
      if (event.kind === "open_group") navigation.openThread(event.groupId);
      surroundings.hear(event);
    }),
  );
}

/** Whether this machine's own copy was read: there is something to show. */
function readState({ session }: FactsModel, { all }: GroupsModel): ReadonlySignal<boolean> {
  return computed(() => session.value === undefined || (session.value !== null && all.value !== null));
}

function usualOf(numbers: readonly BusinessNumber[]): BusinessNumber | null {
  // Nobody is to send from another number than the usual one without having chosen it.
  const standard = numbers.find((number) => number.isDefault);
  if (standard !== undefined) return standard.refusal === null ? standard : null;
  const usable = numbers.filter((number) => number.refusal === null);
  return usable.length === 1 ? (usable[0] ?? null) : null;
}
