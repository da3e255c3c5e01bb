import { describe, expect, it } from "vitest";
import { Sight } from "../../../utils/models/sight.ts";

/** What was told, as "seen" or "hidden" at a time, the first of it at an arrival. */
function told(...words: [word: "seen" | "hidden" | "back", at: number][]): Sight {
  const sight = new Sight();
  for (const [word, at] of words) {
    if (word === "back") sight.arrive();
    else sight.tell(word === "seen", at);
  }
  return sight;
}

describe("a press is in plain sight", () => {
  it("where nothing hid it before, nor after", () => {
    const sight = told(["seen", 0]);
    expect(sight.judge(5_000, 5_100)).toBeNull();
    expect(sight.judge(5_000, 5_200)).toBe(true);
  });

  it("not where it is hidden, however soon that ends", () => {
    expect(told(["seen", 0], ["hidden", 1_000]).judge(5_000, 5_200)).toBe(false);
    const lifted = told(["seen", 0], ["hidden", 1_000], ["seen", 5_001]);
    expect(lifted.judge(5_000, 5_200)).toBe(false);
    expect(lifted.judge(5_000, 9_000)).toBe(false);
  });

  it("not where the cover lifted just before, until it has been away for a moment", () => {
    const sight = told(["seen", 0], ["hidden", 1_000], ["seen", 4_800]);
    expect(sight.judge(5_000, 5_200)).toBe(false);
    expect(sight.judge(5_099, 5_400)).toBe(false);
    expect(sight.judge(5_100, 5_400)).toBe(true);
  });

  it("not where it is hidden right after", () => {
    expect(told(["seen", 0], ["hidden", 5_050]).judge(5_000, 5_200)).toBe(false);
  });

  it("right after it came to the front, once it has been seen for a moment", () => {
    const sight = told(["seen", 0], ["back", 5_000]);
    expect(sight.judge(5_010, 5_400)).toBeNull();
    sight.tell(false, 5_500);
    expect(sight.judge(5_010, 5_600)).toBeNull();
    sight.tell(true, 5_620);
    expect(sight.judge(5_010, 5_900)).toBeNull();
    expect(sight.judge(5_010, 5_920)).toBe(true);
  });

  it("not right after it came to the front from behind something that stays", () => {
    const sight = told(["seen", 0], ["back", 5_000], ["hidden", 5_020]);
    expect(sight.judge(5_030, 5_300)).toBeNull();
    expect(sight.judge(5_030, 5_330)).toBe(false);
    sight.tell(true, 5_430);
    expect(sight.judge(5_030, 6_000)).toBe(false);
  });
});
