import { existsSync, readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { phoneCases } from "./phone-number.cases.ts";
import {
  extensionOf,
  formatPhone,
  judgePhoneNumber,
  maskPhone,
  normalisePhone,
  type PhoneVerdict,
} from "./phone-number.ts";

/** A verdict as the vectors write it. */
function shown(verdict: PhoneVerdict): [string, string | null] {
  if (verdict.verdict === "invalid") return ["invalid", null];
  return [verdict.verdict, verdict.verdict === "not_textable" ? verdict.kind : verdict.country];
}

describe("the number rule", () => {
  test.each(phoneCases)("says of %j: %s, %s", (input, verdict, detail) => {
    expect(shown(judgePhoneNumber(input))).toEqual([verdict, detail]);
  });
});

/** A larger table, kept outside this repository; its absence is reported as a skipped test. */
const VECTORS = new URL("../../shared/data/phone-vectors.json", import.meta.url);

interface Vector {
  input: string;
  verdict: string;
  detail?: string | null;
}

describe.skipIf(!existsSync(VECTORS))("the number rule on the external vectors", () => {
  const vectors = existsSync(VECTORS)
    ? (JSON.parse(readFileSync(VECTORS, "utf8")) as { vectors: Vector[] }).vectors
    : [];
  test("there are vectors", () => expect(vectors.length).toBeGreaterThan(0));
  test.each(vectors)("says of $input: $verdict, $detail", ({ input, verdict, detail = null }) => {
    expect(shown(judgePhoneNumber(input))).toEqual([verdict, detail]);
  });
});

describe("a number's forms", () => {
  const areas = ["415", "604", "212", "867", "621"];
  const numbers = fc
    .tuple(fc.constantFrom(...areas), fc.integer({ min: 200, max: 999 }), fc.integer({ min: 0, max: 9999 }))
    .filter(([, exchange, line]) => exchange % 100 !== 11 && !(exchange === 555 && line === 1212))
    .map(([area, exchange, line]) => `+1${area}${exchange}${String(line).padStart(4, "0")}`);

  test("the form for people reads back as the same number", () => {
    fc.assert(
      fc.property(numbers, (number) => {
        expect(normalisePhone(formatPhone(number))).toBe(number);
        expect(formatPhone(normalisePhone(formatPhone(number))!)).toBe(formatPhone(number));
      }),
    );
  });

  test("whatever is normalised stays as it is", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), numbers, fc.stringMatching(/^\+?[\d ().-]{7,16}$/)), (input) => {
        const number = normalisePhone(input);
        fc.pre(number !== null);
        expect(normalisePhone(number)).toBe(number);
      }),
    );
  });

  test.each([
    ["(415) 555-0142 ext. 7", "7"],
    ["415-555-0142 x12", "12"],
    ["(415) 555-0142 #7", "7"],
    ["tel:+14155550142;ext=0042", "0042"],
    ["(415) 555-0142", null],
    ["+442079460958", null],
    ["call me maybe", null],
    ["", null],
  ])("%j has the extension %s", (input, extension) => {
    expect(extensionOf(input)).toBe(extension);
  });

  test("are (415) 555-0142 at home, international abroad, and two digits in a log", () => {
    expect(formatPhone("+14155550142")).toBe("(415) 555-0142");
    expect(formatPhone("+442079460958")).toBe("+44 20 7946 0958");
    expect(maskPhone("+14155550142")).toBe("…42");
  });
});
