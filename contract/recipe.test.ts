import { describe, expect, it } from "vitest";
import { Recipe, recipesFor } from "./recipe.ts";

const LIST = { kind: "contacts", container: "table", row: "tr", checked: ":checked", contactId: [{ attribute: "id" }] };
const RECIPE = { id: "some-crm", version: 1, hosts: ["crm.example.com"], lists: [LIST] };

const faultOf = (recipe: unknown) => Recipe.safeParse(recipe).error?.issues[0]?.path.join(".");
const withList = (changed: object) => ({ ...RECIPE, lists: [LIST, { ...LIST, ...changed }] });

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
    ["a source without a group", withList({ phone: [{ pattern: "\\d+" }] }), "lists.1.phone.0.pattern"],
    ["a source that runs script", withList({ phone: [{ attribute: "on click" }] }), "lists.1.phone.0.attribute"],
    ["a record that leads elsewhere", { ...RECIPE, recordLink: { to: "https://x.example/{id}" } }, "recordLink.to"],
  ])("with %s is refused as a whole, with the path of the fault", (_, recipe, path) => {
    expect(faultOf(recipe)).toBe(path);
  });

  it("that names a host comes before those for any, and after those that the page has to bear out", () => {
    const named = Recipe.parse(RECIPE);
    const any = { ...named, id: "any", hosts: [] };
    const borneOut = { ...any, id: "borne-out", signature: "#app" };
    const other = { ...named, id: "other", hosts: ["*.example.org"] };
    expect(recipesFor("crm.example.com", [any, other, named, borneOut])).toEqual([borneOut, named, any]);
  });
});
