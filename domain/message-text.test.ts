import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { textCases } from "./message-text.cases.ts";
import { countCharacters, judgeText } from "./message-text.ts";

describe("a message's text", () => {
  test.each(textCases)("$title", ({ text, refusal }) => {
    expect(judgeText(text)).toEqual(refusal === null ? { ok: true, value: text } : { ok: false, refusal });
  });

  test("has as many characters as its parts together", () => {
    const words = fc.string({ unit: "binary" });
    fc.assert(
      fc.property(words, words, (one, other) => {
        expect(countCharacters(one + other)).toBe(countCharacters(one) + countCharacters(other));
        expect(countCharacters(one)).toBe(Array.from(one).length);
      }),
    );
  });
});
