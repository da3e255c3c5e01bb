import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const exists = (path: string) => existsSync(new URL(`../../${path}`, import.meta.url));

const TOURS: Readonly<Record<string, string>> = {
  story: "tests/e2e/story.e2e.ts",
  groups: "tests/e2e/groups-tour.e2e.ts",
  highlevel: "tests/e2e/highlevel-tour.e2e.ts",
};

/** Number, sentence of the article, and what proves it. */
const rows = read("docs/article.md")
  .split("\n")
  .filter((line) => /^\| \d/.test(line))
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .map(([, number = "", , proof = ""]) => [number, proof] as const);

/** A file's own text, and of a rule's table of cases theirs. */
function textsOf(source: string): string {
  const path = TOURS[source] ?? source.replaceAll("`", "");
  const cases = path.replace(/\.test\.ts$/, ".cases.ts");
  return read(path) + (cases !== path && exists(cases) ? read(cases) : "");
}

/** Such sentences of a proof as no test says. */
function missing(proof: string): string[] {
  return proof.split(/; (?=`|\w+: _)/).flatMap((part) => {
    const [source = "", sentences = ""] = part.split(/: (.*)/s);
    const named = [...sentences.matchAll(/_([^_]+)_/g)].map(([, sentence = ""]) => sentence);
    const text = textsOf(source);
    return named.length === 0 ? [part] : named.filter((sentence) => !text.includes(`"${sentence}"`));
  });
}

test("the table has a row for each sentence of the article", () => {
  expect(rows.map(([number]) => Number(number))).toEqual(Array.from({ length: 29 }, (_, index) => index + 1));
});

test.each(rows)("row %s names tests that there are", (_, proof) => {
  expect(proof).not.toBe("");
  expect(missing(proof)).toEqual([]);
});

test("a test that there is not, or a file without one, would be noticed", () => {
  expect(missing("story: _Nobody says this_; `domain/roster.test.ts`: _one person is no group_")).toEqual([
    "Nobody says this",
  ]);
  expect(missing("`domain/roster.test.ts`")).toEqual(["`domain/roster.test.ts`"]);
});
