import { expect, test } from "vitest";
import { mayFollow } from "./succession.ts";

const GROUP = { id: "b", discovered: false, predecessorId: null };
const BEFORE = { id: "a", discovered: false, ancestors: ["x"] };

test.each([
  ["one that follows none", GROUP, BEFORE, true],
  ["one that follows another", { ...GROUP, predecessorId: "c" }, BEFORE, false],
  ["one that follows this one already", { ...GROUP, predecessorId: "a" }, BEFORE, false],
  ["the group itself", { ...GROUP, id: "a" }, BEFORE, false],
  ["one that it follows in turn, far back", GROUP, { ...BEFORE, ancestors: ["x", "b"] }, false],
  ["a thread that nobody made", { ...GROUP, discovered: true }, BEFORE, false],
  ["any, where nobody made the one before", GROUP, { ...BEFORE, discovered: true }, false],
])("%s may follow a group: %j after %j is %s", (_what, group, before, allowed) => {
  expect(mayFollow(group, before)).toBe(allowed);
});
