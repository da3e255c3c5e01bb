import { expect, test } from "vitest";
import { createSeal, SealBrokenError } from "./seal.ts";

const seal = createSeal("a secret of more than thirty-two characters");

test("a sealed text opens again, never looks the same, and does not show what is in it", () => {
  const [one, other] = [seal.seal("pit-1234", "w/access"), seal.seal("pit-1234", "w/access")];
  expect(one).not.toBe(other);
  expect(Buffer.from(one.slice(3), "base64url").toString()).not.toContain("pit-1234");
  expect([seal.open(one, "w/access"), seal.open(other, "w/access")]).toEqual(["pit-1234", "pit-1234"]);
});

test.each([
  ["changed by a bit", (sealed: string) => flipped(sealed), "w/access"],
  ["cut short", (sealed: string) => sealed.slice(0, 20), "w/access"],
  ["of another version", (sealed: string) => sealed.replace("v1", "v2"), "w/access"],
  ["moved to another place", (sealed: string) => sealed, "w/refresh"],
])("one %s does not open", (_what, change, place) => {
  const sealed = change(seal.seal("pit-1234", "w/access"));
  expect(() => seal.open(sealed, place)).toThrow(SealBrokenError);
});

test("another secret does not open it", () => {
  const sealed = seal.seal("pit-1234", "w/access");
  const other = createSeal("another secret of more than 32 characters");
  expect(() => other.open(sealed, "w/access")).toThrow(SealBrokenError);
});

function flipped(sealed: string): string {
  const bytes = Buffer.from(sealed.slice(3), "base64url");
  bytes[15] = (bytes[15] ?? 0) ^ 1;
  return `v1.${bytes.toString("base64url")}`;
}
