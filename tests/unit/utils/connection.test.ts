import { allow, refuse, type Result } from "@partyline/domain/result";
import { expect, test } from "vitest";
import type { Connection } from "../../../utils/background-calls.ts";
import type { CallRefusal } from "../../../utils/command.ts";
import { ConnectionKeeper } from "../../../utils/connection.ts";
import type { Round } from "../../../utils/sync.ts";

const ROUND: Result<Round, CallRefusal> = allow({ groupIds: [], contactIds: [], recipes: false });
const OFFLINE: CallRefusal = { reason: "unreachable", backend: "http://127.0.0.1:1" };

/** A keeper whose panel closes when there is nothing left to answer. */
function keeperOf(answers: Result<Round, CallRefusal>[]) {
  const waits: number[] = [];
  const states: Connection[] = [];
  const pauses: number[] = [];
  const keeper = new ConnectionKeeper({
    sync: async (wait) => {
      waits.push(wait);
      return answers.shift() ?? ROUND;
    },
    isWanted: () => answers.length > 0,
    onRound: async () => {},
    onState: (state) => states.push(state),
    pause: async (ms) => void pauses.push(ms),
  });
  return { keeper, waits, states, pauses };
}

test("the first answer comes at once, and only then polls are long", async () => {
  const { keeper, waits, states } = keeperOf([ROUND, ROUND, ROUND]);
  await keeper.stayOn();
  expect(waits).toEqual([0, 25, 25]);
  expect(states).toEqual([{ state: "connected" }]);
});

test("without a panel nothing is polled", async () => {
  const { keeper, waits } = keeperOf([]);
  await keeper.stayOn();
  expect(waits).toEqual([]);
});

test("two panels share one poll", async () => {
  const { keeper, waits } = keeperOf([ROUND, ROUND]);
  await Promise.all([keeper.stayOn(), keeper.stayOn()]);
  expect(waits).toHaveLength(2);
});

test("while offline the pauses grow, and coming back is told and starts with a short round", async () => {
  const { keeper, waits, states, pauses } = keeperOf([ROUND, refuse(OFFLINE), refuse(OFFLINE), ROUND, ROUND]);
  await keeper.stayOn();
  expect(states).toEqual([{ state: "connected" }, { state: "offline", refusal: OFFLINE }, { state: "connected" }]);
  expect(pauses).toEqual([1000, 2000]);
  expect(waits).toEqual([0, 25, 0, 0, 25]);
});

test("signed out ends the polling until somebody signs in", async () => {
  const { keeper, waits, states } = keeperOf([refuse({ reason: "signed_out" }), ROUND]);
  await keeper.stayOn();
  expect(waits).toEqual([0]);
  expect(states).toEqual([{ state: "signed_out" }]);
});

test("a poll that was let go tells nothing more", async () => {
  const states: Connection[] = [];
  const answer = Promise.withResolvers<Result<Round, CallRefusal>>();
  const keeper = new ConnectionKeeper({
    sync: () => answer.promise,
    isWanted: () => true,
    onRound: async () => {},
    onState: (state) => states.push(state),
    pause: async () => {},
  });
  const polling = keeper.stayOn();
  keeper.stop();
  answer.resolve(ROUND);
  await polling;
  expect(states).toEqual([]);
});
