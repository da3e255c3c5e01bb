import { beforeEach, describe, expect, it } from "vitest";
import { createSelection, type Selection } from "./selection.ts";

const SHOWN = ["a", "b", "c", "d", "e"].map((id) => ({ id }));
let changes: number;
let selection: Selection;

beforeEach(() => {
  changes = 0;
  selection = createSelection(() => (changes += 1));
});

const ticked = () => SHOWN.map(({ id }) => id).filter((id) => selection.has(id));

describe("the selection", () => {
  it("ticks and unticks one contact", () => {
    selection.tick("b", true, false, SHOWN);
    selection.tick("d", true, false, SHOWN);
    selection.tick("b", false, false, SHOWN);
    expect(ticked()).toEqual(["d"]);
    expect(changes).toBe(3);
  });

  it.each([
    ["down", "b", "d"],
    ["up", "d", "b"],
  ])("ticks everybody between two rows, going %s", (_, from, to) => {
    selection.tick(from, true, false, SHOWN);
    selection.tick(to, true, true, SHOWN);
    expect(ticked()).toEqual(["b", "c", "d"]);
  });

  it("ticks one row when the row ticked before is no longer shown", () => {
    selection.tick("a", true, false, SHOWN);
    selection.tick("d", true, true, SHOWN.slice(1));
    expect(ticked()).toEqual(["a", "d"]);
  });

  it("forgets contacts that no longer exist, and says so only then", () => {
    selection.set(["a", "b"], true);
    selection.keepOnly(new Set(["a", "b", "c"]));
    expect(changes).toBe(1);
    selection.keepOnly(new Set(["a"]));
    expect(ticked()).toEqual(["a"]);
    expect(changes).toBe(2);
  });

  it("is empty after it was cleared", () => {
    selection.set(["a", "b"], true);
    selection.clear();
    expect(selection.size).toBe(0);
  });
});
