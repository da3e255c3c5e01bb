import { describe, expect, test } from "vitest";
import { consentCases } from "./opt-out.cases.ts";
import { readConsentWish } from "./opt-out.ts";

describe.each(consentCases)("the wish %s", (wish, texts) => {
  test.each(texts.map((text) => [text]))("is what %j says", (text) => {
    expect(readConsentWish(text)).toBe(wish);
  });
});
