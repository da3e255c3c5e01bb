import { describe, expect, test } from "vitest";
import { contains, fold, readPeopleSearch, wordsOf, wordsOfName } from "./search-text.ts";

describe("a search", () => {
  test.each([
    ["María Hernández", "hernandez"],
    ["Maria Hernandez", "HERNÁNDEZ"],
    ["Nguyễn Thị Đào", "nguyen dao"],
    ["Jürgen Müller", "muller"],
    ["Jürgen Mu\u0308ller", "müller"],
    ["Łukasz Strauß", "lukasz strauss"],
    ["Søren Bjørk", "soren"],
    ["İpek Yılmaz", "ipek yilmaz"],
    ["ΟΔΥΣΣΕΥΣ", "οδυσσευς"],
    ["Siobhan O’Connor", "o'connor"],
    ["Siobhan O'Connor", "o’connor"],
    ["Siobhan O´Connor", "oconnor"],
    ["Siobhan O’Connor", "connor"],
    ["Dana Wu", "wu dana"],
    ["Dana Wu", "dana  wu"],
    ["Dana Wu", "Wu, Dana"],
    ["Ana Smith-Jones", "smith jones"],
    ["The 🏠 people", "🏠"],
  ])("of %j finds it by %j", (text, query) => {
    expect(contains(text, query)).toBe(true);
  });

  test.each([
    ["Dana Wu", "dana ray"],
    ["Dana Wu", "()"],
    ["Dana Wu", "🏠"],
    ["Dana Wu", " "],
  ])("of %j does not find it by %j", (text, query) => {
    expect(contains(text, query)).toBe(false);
  });
});

test("folding twice is folding once", () => {
  const text = "Nguyễn ŁØ ’ŉ İ ẞ Ǆ";
  expect(fold(fold(text))).toBe(fold(text));
});

test("a name is found by the parts around an apostrophe and by both as one, a text by its words", () => {
  expect(wordsOfName("Siobhán O’Connor")).toEqual(["siobhan", "o", "connor", "oconnor"]);
  expect(wordsOf("Don’t call O'Connor—ever!")).toEqual(["don", "t", "call", "o", "connor", "ever"]);
});

describe("a search for people", () => {
  test.each([
    ["Wu,  Dana", ["wu", "dana"], null],
    ["o'connor", ["oconnor"], null],
    ["(415) 555-01", [], { digits: "41555501", words: ["415", "555", "01"] }],
    ["+1415", [], { digits: "1415", words: ["1415"] }],
    ["+1 415 555", [], { digits: "1415555", words: ["1", "415", "555"] }],
    ["Dana (415) 555-0142", ["dana"], { digits: "4155550142", words: ["415", "555", "0142"] }],
    ["Unit 12", ["unit", "12"], null],
    ["", [], null],
  ])("%j is read as words and a number", (query, words, number) => {
    expect(readPeopleSearch(query)).toEqual({ words, number });
  });
});
