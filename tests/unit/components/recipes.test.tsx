// @vitest-environment happy-dom
import { render } from "preact";
import { act } from "preact/test-utils";
import { describe, expect, it, vi } from "vitest";
import { RecipesSection } from "../../../components/options/recipes-section.tsx";
import { RecipesModel, type RecipesGateway } from "../../../utils/models/recipes-model.ts";
import type { KnownRecipe } from "../../../utils/recipe-book.ts";
import type { StructureReport } from "../../../utils/structure-report.ts";
import type { Found, Trial } from "../../../utils/trial.ts";
import { ACME, bookOf, NO_TRIAL, recipesGateway, TAB } from "../models/recipes-world.ts";
import { reading } from "./draw.tsx";

const BUILT_IN: KnownRecipe = { recipe: ACME, origin: "built_in" };
const OWN: KnownRecipe = { recipe: { ...ACME, version: 3 }, origin: "own" };

async function draw(changed: Partial<RecipesGateway> = {}, isAdmin = true) {
  const model = new RecipesModel(recipesGateway(changed));
  const root = document.createElement("div");
  document.body.replaceChildren(root);
  await act(() => render(<RecipesSection model={model} isAdmin={isAdmin} />, root));
  const drawn = reading(root);
  await vi.waitFor(() => expect(drawn.list("CRM pages").length).toBeGreaterThan(0));
  const paste = (text: string) => drawn.write(drawn.field("Recipe as JSON"), text);
  return { model, root, paste, ...drawn };
}

describe("the recipes in the options", () => {
  it("are listed with where they come from, and which of two counts", async () => {
    const { list } = await draw({ readBook: async () => bookOf([BUILT_IN, OWN]) });
    expect(list("CRM pages")).toEqual([
      expect.not.stringContaining("counts"),
      expect.stringMatching(/acme-crm version 2 · built in.*crm\.acme\.example.*version 3 counts/),
    ]);
  });

  it.each([
    [{ reason: "bad_signature" }, "not signed by a publisher this extension knows"],
    [{ reason: "older", serial: 7 }, "(number 7) that are older"],
    [{ reason: "invalid", faults: [{ pointer: "/recipes/0/id", detail: "wrong" }] }, "/recipes/0/id: wrong"],
  ] as const)("say why published ones were not taken: %j", async (trouble, words) => {
    const { text } = await draw({
      readBook: async () => bookOf([BUILT_IN], { trouble: structuredClone(trouble) as never }),
    });
    expect(text()).toContain(words);
  });

  it("leave keeping them to admins", async () => {
    const { button, field } = await draw({ readBook: async () => bookOf([BUILT_IN, OWN]) }, false);
    expect(field("Recipe as JSON")).toBeUndefined();
    expect(button("Remove acme-crm")).toBeNull();
    expect(button("Try on this tab")).not.toBeNull();
  });
});

describe("reports of pages that changed", () => {
  const REPORT: StructureReport = {
    at: "2026-11-23T12:15:00.000Z",
    version: "1",
    browser: "Firefox",
    recipe: { id: "acme-crm", version: 2 },
    address: "/people/x{8}",
    region: "list",
    within: [],
    structure: { tag: "div" },
  };

  it("are listed, can be taken along, and deleted", async () => {
    let kept = [REPORT, { ...REPORT, at: "2026-11-23T12:10:00.000Z", recipe: null }];
    const listeners: (() => void)[] = [];
    const { list, button, click, text } = await draw({
      readReports: async () => kept,
      onReportsChanged: (listener) => listeners.push(listener),
      async forgetReports() {
        kept = [];
        for (const listener of listeners) listener();
      },
    });
    const title = "Reports of pages that changed";
    await vi.waitFor(() => expect(list(title)).toHaveLength(2));
    expect(list(title)[0]).toMatch(/acme-crm.*\/people\/x\{8\}.*Download.*Copy/);
    expect(list(title)[1]).toContain("Page without a recipe");
    await click(button("Delete these reports"));
    await vi.waitFor(() => expect(text()).not.toContain(title));
  });
});

describe("the editor of a recipe", () => {
  const saving = (told: unknown[]): Partial<RecipesGateway> => ({
    calls: {
      ...recipesGateway().calls,
      async save_recipe(recipe) {
        told.push(recipe);
        return { ok: true, value: null };
      },
    },
  });

  it("refuses one as a whole, with the path of each fault", async () => {
    const told: unknown[] = [];
    const { paste, click, button, text } = await draw(saving(told));
    await paste(JSON.stringify({ ...ACME, version: 3, hosts: [], lists: [{ ...ACME.lists[0], checked: "input[" }] }));
    await click(button("Save for the workspace"));
    expect(text()).toContain("/lists/0/checked not a selector");
    await paste("{ no");
    await click(button("Save for the workspace"));
    expect(text()).toContain("/ is not JSON");
    expect(told).toEqual([]);
  });

  it("says when what is written would not count, and saves it all the same", async () => {
    const told: unknown[] = [];
    const { paste, click, button, text } = await draw(saving(told));
    await paste(JSON.stringify({ ...ACME, version: 1 }));
    expect(text()).toContain("This one would not count: there is version 2 · built in. Save it as version 3.");
    await paste(JSON.stringify({ ...ACME, version: 3 }));
    expect(text()).not.toContain("would not count");
    await click(button("Save for the workspace"));
    await vi.waitFor(() => expect(text()).toContain("Saved: acme-crm"));
    expect(told).toEqual([{ ...ACME, version: 3 }]);
  });

  it("says why the backend did not keep it", async () => {
    const refusal = { reason: "unreachable", backend: "https://text.example.com" } as const;
    const calls = { ...recipesGateway().calls, save_recipe: async () => ({ ok: false as const, refusal }) };
    const { paste, click, button, text } = await draw({ calls });
    await paste(JSON.stringify(ACME));
    await click(button("Save for the workspace"));
    await vi.waitFor(() => expect(text()).toContain("text.example.com"));
  });
});

describe("trying on a tab", () => {
  const found = (text: string, source: string, pointer: string): Found => ({ text, source, pointer });
  const LIST = {
    kind: "contacts",
    container: found("contacts", "table", "/lists/0/container"),
    rows: 8,
    ticked: 1,
  } as const;
  const READ: Trial = {
    ...NO_TRIAL,
    list: LIST,
    rows: [{ contactId: found("c-1", "[id]", "/lists/0/contactId/0"), name: null, phone: null }],
    count: found("1", ".count", "/count/0"),
  };

  async function trial(outcome: Trial | null) {
    const asked: string[][] = [];
    const tryOn: RecipesGateway["tryOn"] = async (_, recipes) => {
      asked.push(recipes.map(({ id, version }) => `${id} ${version}`));
      return outcome;
    };
    const drawn = await draw({ tryOn });
    await drawn.click(drawn.button("Try on this tab"));
    return { asked, ...drawn };
  }

  it("shows what was read and what of the recipe found it", async () => {
    const { text, root, asked } = await trial(READ);
    await vi.waitFor(() => expect(text()).toContain("1 contact was read."));
    expect(asked).toEqual([["acme-crm 2"]]);
    expect([...root.querySelectorAll("tbody td")].map((cell) => cell.textContent)).toEqual(["–", "–", "c-1[id]"]);
    expect(root.querySelector("tbody code")?.getAttribute("title")).toBe("/lists/0/contactId/0");
    expect(text()).toContain("contacts: 8 rows, 1 ticked");
  });

  it.each([
    [{ ...NO_TRIAL, selection: { ...NO_TRIAL.selection, recipeId: "none" } }, "No recipe names this host."],
    [
      {
        ...NO_TRIAL,
        selection: { ...NO_TRIAL.selection, recipeId: "none" },
        passed: [{ recipeId: "acme-crm", why: "path" }],
      },
      "does not begin as the recipe’s “path” says",
    ],
    [
      { ...NO_TRIAL, selection: { ...NO_TRIAL.selection, unusable: true } },
      "does not understand one of the recipe’s selectors",
    ],
    [NO_TRIAL, "None of the recipe’s lists is on this page"],
    [{ ...NO_TRIAL, selection: { ...NO_TRIAL.selection, changed: true } }, "none of the recipe’s containers was found"],
    [{ ...NO_TRIAL, list: { ...LIST, rows: 0, ticked: 0 } }, "The list was found (table), but no row in it."],
    [{ ...NO_TRIAL, list: { ...LIST, ticked: 0 } }, "8 rows were found, and none is ticked."],
    [
      { ...NO_TRIAL, list: LIST, selection: { ...NO_TRIAL.selection, unreadable: ["Dana Wu"] } },
      "1 ticked row was found, and nothing in it could be read.",
    ],
    [null, "The page could not be read."],
  ] as [Trial | null, string][])("says why nothing was read", async (outcome, words) => {
    const { text } = await trial(outcome);
    await vi.waitFor(() => expect(text()).toContain(words));
  });

  it("says that a recipe which names other hosts would not be used there by itself", async () => {
    const { text, model, click, button } = await trial(READ);
    await vi.waitFor(() => expect(text()).toContain("1 contact was read."));
    expect(text()).not.toContain("would not be used there");
    await act(() => model.draft.write(JSON.stringify({ ...ACME, hosts: ["other.example"] })));
    await act(() => model.trial.choose({ reading: "draft" }));
    await click(button("Try on this tab"));
    await vi.waitFor(() => expect(text()).toContain("does not name crm.acme.example"));
  });

  it("offers no tab of a site that was given up, nor what was read there", async () => {
    let tabs = [TAB];
    const listeners: (() => void)[] = [];
    const { text, root, click, button } = await draw({
      tryOn: async () => READ,
      listTabs: async () => tabs,
      onSitesChanged: (listener) => listeners.push(listener),
    });
    await click(button("Try on this tab"));
    await vi.waitFor(() => expect(text()).toContain("1 contact was read."));
    tabs = [{ id: 8, title: "Leads", url: "https://other.example/leads" }];
    for (const listener of listeners) await act(listener);
    await vi.waitFor(() => expect(root.querySelector("option")?.textContent).toContain("other.example"));
    expect(text()).not.toContain("crm.acme.example/contacts");
    expect(text()).not.toContain("1 contact was read.");
  });

  it("tries what is written before it is saved, and not what has a fault", async () => {
    const { asked, paste, model, click, button, text } = await trial(READ);
    await act(() => model.trial.choose({ reading: "draft" }));
    await paste("{}");
    await click(button("Try on this tab"));
    expect(text()).toContain("/lists");
    await paste(JSON.stringify({ ...ACME, version: 9 }));
    await click(button("Try on this tab"));
    expect(asked).toEqual([["acme-crm 2"], ["acme-crm 9"]]);
  });
});
