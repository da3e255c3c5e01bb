import { computed, createModel, type ReadonlySignal } from "@preact/signals";
import type { BusinessNumber } from "@partyline/contract/number";
import type { Session } from "@partyline/contract/session";
import { TEXT_MAX } from "@partyline/domain/message-text";
import { MAX_PARTICIPANTS, MIN_PARTICIPANTS } from "@partyline/domain/roster-size";
import { readFact, type FactName } from "../replica.ts";
import type { Gateway } from "./gateway.ts";
import type { OurNumbers } from "./joining.ts";
import { liveQuery } from "./live-query.ts";

/** Until the backend has told its own. */
const DEFAULT_LIMITS: Session["limits"] = {
  minParticipants: MIN_PARTICIPANTS,
  maxParticipants: MAX_PARTICIPANTS,
  nativeMaxParticipants: MAX_PARTICIPANTS,
  textMax: TEXT_MAX,
};

/** Who is signed in, what they may send from, and how much: as far as this machine knows. */
export const FactsModel = createModel((gateway: Gateway) => {
  const session = liveFact(gateway, "session");
  const numbers = liveFact(gateway, "numbers");
  const limits = computed(() => session.value.value?.limits ?? DEFAULT_LIMITS);
  return {
    /** Null until read; undefined when nobody is signed in. */
    session: session.value,
    numbers: computed<BusinessNumber[]>(() => numbers.value.value ?? []),
    /** Every number of the workspace, those that this user cannot use included. */
    ownNumbers: computed(() => (numbers.value.value ?? []).map(({ number }) => number)),
    limits,
    /** The one limit to tell people: who does not fit into one message of this carrier is said before the sending. */
    mostPeople: computed(() => Math.min(limits.value.maxParticipants, limits.value.nativeMaxParticipants)),
  };
});
export type FactsModel = InstanceType<typeof FactsModel>;

/** What people are judged by where this is the number to text from. */
export function ourNumbersTowards(
  from: ReadonlySignal<BusinessNumber | null>,
  { ownNumbers }: Pick<FactsModel, "ownNumbers">,
): ReadonlySignal<OurNumbers> {
  return computed(() => ({ businessNumber: from.value?.number ?? null, ownNumbers: ownNumbers.value }));
}

function liveFact<Name extends FactName>(gateway: Gateway, name: Name) {
  return liveQuery(
    gateway,
    () => readFact(gateway.replica, name),
    (change) => change.store === "facts" && change.name === name,
  );
}
