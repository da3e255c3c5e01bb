import { describe, expect, it } from "vitest";
import { OwnRecipe } from "./recipe-book.ts";
import { Recipe, recipesFor } from "./recipe.ts";

const LIST = { kind: "contacts", container: "table", row: "tr", checked: ":checked", contactId: [{ attribute: "id" }] };
const RECIPE = { id: "some-crm", version: 1, hosts: ["crm.example.com"], lists: [LIST] };

const faultOf = (recipe: unknown) => Recipe.safeParse(recipe).error?.issues[0]?.path.join(".");
const withList = (changed: object) => ({ ...RECIPE, lists: [LIST, { ...LIST, ...changed }] });

describe("a recipe's selector", () => {
  it.each([
    '[a!="b"]',
    "div:has(:has(a))",
    "div:has(:is(:has(a)))",
    "a < b",
    "a || b",
    "a >",
    "> a",
    ":is(> a)",
    ":has(:not(> a))",
    ":checked(foo)",
    "a:is",
    "a:nth-child(x)",
    "svg|a",
    "[id]a",
  ])("is refused where browsers have no such thing: %s", (checked) => {
    expect(faultOf(withList({ checked }))).toBe("lists.1.checked");
  });

  it.each(["div:has(> a, + b)", "a:not(:has(b)) ~ c", '[href*="x" i]', "tr:nth-child(2n + 1)", "* > :is(a, b *)"])(
    "is taken where they have: %s",
    (checked) => {
      expect(faultOf(withList({ checked }))).toBeUndefined();
    },
  );
});

describe("a recipe's pattern", () => {
  it.each([
    "^(.*).*x",
    "(\\d+) of (\\d+) selected",
    "[ab]{0,9}.*[bc]x",
    "(?:a|b)*x",
    "^(?=.*.*x).*x",
    "a?a?a?a?a?a?.x",
  ])("is taken where it cannot take long, and does not: %s", (at) => {
    expect(faultOf(withList({ at }))).toBeUndefined();
    const start = performance.now();
    for (const letter of ["a", "b", "1", " ", "1 of "]) new RegExp(at).test(letter.repeat(300));
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  it.each([
    "(.*).*x",
    "(.{1,300}.{1,300})x",
    "(?:a|a)*x",
    "(?:ab|a)*x",
    "(?:a|)*x",
    "(?=.*.*.*x)",
    "é*é*é*x",
    "[D]*D*D*x",
  ])("is refused where it can: %s", (at) => {
    expect(faultOf(withList({ at }))).toBe("lists.1.at");
  });
});

describe("how a recipe says whose page it is", () => {
  it.each([
    [{ crm: "highlevel", at: "^/location/([^/]+)" }, undefined],
    [null, undefined],
    [undefined, undefined],
    [{ crm: "highlevel", at: "^/location/[^/]+" }, "account.at"],
    [{ crm: "highlevel", at: "^/(.*).*x" }, undefined],
    [{ crm: "highlevel", at: "(.*).*x" }, "account.at"],
    [{ crm: "High Level", at: "^/location/([^/]+)" }, "account.crm"],
    [{ crm: "highlevel", at: "^/(x)", cookie: "location" }, "account"],
  ])("%j", (account, fault) => {
    expect(faultOf({ ...RECIPE, account })).toBe(fault);
  });
});

describe("a workspace's own recipe", () => {
  it.each(["*.com", "*.co.uk", "*.com.au", "*.nhs.uk", "*.0.1", "*.", "*..acme.com"])(
    "may not claim the hosts of others: %s",
    (host) => {
      expect(OwnRecipe.safeParse({ ...RECIPE, hosts: [host] }).success).toBe(false);
    },
  );

  it.each(["*.acme.com", "*.ibm.com", "*.acme.co.uk", "*.acme.de", "*.abc.de", "*.ibm.co.uk", "*.hp.com", "127.0.0.1"])(
    "may name %s",
    (host) => {
      expect(OwnRecipe.safeParse({ ...RECIPE, hosts: [host] }).success).toBe(true);
    },
  );
});

describe("a recipe", () => {
  it("is taken with what has a default left out", () => {
    expect(faultOf(RECIPE)).toBeUndefined();
    expect(Recipe.parse(RECIPE)).toMatchObject({
      signature: null,
      contactPages: [],
      lists: [{ control: null, at: null }],
    });
  });

  it.each<[string, unknown, string]>([
    ["code", { ...RECIPE, run: "alert(1)" }, ""],
    ["no list", { ...RECIPE, lists: [] }, "lists"],
    ["a host with a path", { ...RECIPE, hosts: ["crm.example.com/x"] }, "hosts.0"],
    ["something that is no selector", withList({ checked: "[" }), "lists.1.checked"],
    ["a selector that no browser has", withList({ row: "tr:contains(x)" }), "lists.1.row"],
    ["a pseudo-element", withList({ row: "tr::before" }), "lists.1.row"],
    ["a pattern that is none", withList({ at: "(" }), "lists.1.at"],
    ["a pattern that runs away", withList({ at: "(a+)+$" }), "lists.1.at"],
    ["a pattern that refers to itself", withList({ at: "(a)\\1" }), "lists.1.at"],
    ["a pattern of many repetitions", withList({ at: "a*b*c*d*e*f*g*h*i*" }), "lists.1.at"],
    ["a pattern of unbounded repetitions that overlap", withList({ at: "(.*.*.*)x" }), "lists.1.at"],
    ["one that says so with braces", withList({ at: "(.{1,}.*.{0,})x" }), "lists.1.at"],
    ["a pattern that repeats alternatives which begin alike", withList({ at: "(?:a|a)*x" }), "lists.1.at"],
    ["a pattern of many alternatives that begin alike", withList({ at: `${"(a|a)".repeat(20)}x` }), "lists.1.at"],
    ["a source without a group", withList({ phone: [{ pattern: "\\d+" }] }), "lists.1.phone.0.pattern"],
    ["a source that runs script", withList({ phone: [{ attribute: "on click" }] }), "lists.1.phone.0.attribute"],
    ["a record that leads elsewhere", { ...RECIPE, recordLink: { to: "https://x.example/{id}" } }, "recordLink.to"],
    ["a record on another host", { ...RECIPE, recordLink: { to: "//evil.example/{id}" } }, "recordLink.to"],
    ["one by a backslash", { ...RECIPE, recordLink: { to: "/\\evil.example/{id}" } }, "recordLink.to"],
    ["one by a tab", { ...RECIPE, recordLink: { to: "/\t/evil.example/{id}" } }, "recordLink.to"],
    ["half a character", { ...RECIPE, routeEvents: ["went", "\ud800"] }, "routeEvents.1"],
    ["half a character in a pattern", withList({ at: "\udc00" }), "lists.1.at"],
    ["half a character in a selector", withList({ row: '[a="\ud800"]' }), "lists.1.row"],
    ["U+0000", { ...RECIPE, path: "a\0" }, "path"],
    ["the browser's scrolling for navigating", { ...RECIPE, routeEvents: ["scroll"] }, "routeEvents.0"],
    ["each move of a pointer for it", { ...RECIPE, routeEvents: ["went", "PointerMove"] }, "routeEvents.1"],
  ])("with %s is refused as a whole, with the path of the fault", (_, recipe, path) => {
    expect(faultOf(recipe)).toBe(path);
  });

  it("that names a host comes before those for any, of either first what the page has to bear out", () => {
    const named = Recipe.parse(RECIPE);
    const any = { ...named, id: "any", hosts: [] };
    const borneOut = { ...any, id: "borne-out", signature: "#app" };
    const other = { ...named, id: "other", hosts: ["*.example.org"] };
    const both = { ...named, id: "both", path: "^/crm" };
    expect(recipesFor("crm.example.com", [any, other, borneOut, named, both])).toEqual([both, named, borneOut, any]);
  });
});
