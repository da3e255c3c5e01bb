// @vitest-environment happy-dom
import { Recipe } from "@partyline/contract/recipe";
import * as fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import { describePage } from "../../../utils/page/describe-page.ts";
import { knownWords } from "../../../utils/page/text-shape.ts";
import { SAMPLE_CRM } from "../../../utils/recipes/sample-crm.ts";

const RECIPE = Recipe.parse(SAMPLE_CRM);
const reportOn = (selector: string | null) =>
  describePage({ recipe: RECIPE, container: selector === null ? null : document.querySelector(selector) }, document);

beforeEach(() => {
  location.href = "http://127.0.0.1:4311/contacts/k4711-wu?q=Dana#note-Wu";
  document.body.innerHTML = `<main id="app-Dana" class="app"><div class="contact-table row-4711" role="table" aria-label="Dana's people">
    <!-- Dana --><div class="contact-row" data-contact-id="k4711" role="row" aria-selected="true" title="Dana Wu">
      <input type="checkbox" value="Dana" checked><a class="contact-name" href="/contacts/k4711?name=Dana">Dana Wu</a>
      <a href="tel:+14155550142">(415) 555-0142</a><img src="https://cdn.example/dana-wu.png" alt="Dana">
      <span style="--name: Dana" data-owner-name="Dana" data-state="checked" onclick="show('Dana')">Dana</span></div>
    ${'<div class="contact-row"><input type="checkbox">Wu</div>'.repeat(40)}</div></main>`;
});

test("a report has tags, roles, classes and the names of attributes", () => {
  const { structure, within, ...about } = reportOn(".contact-table");
  expect(about).toMatchObject({
    recipe: { id: "sample-crm", version: 1 },
    region: "list",
    address: "/contacts/#?a{1}=###",
  });
  expect(within.map(({ tag }) => tag)).toEqual(["html", "body", "main"]);
  expect(structure).toMatchObject({
    tag: "div",
    classes: ["contact-table", "row-0{4}"],
    attributes: { role: "table" },
  });
  expect(structure.children?.[0]).toMatchObject({
    attributes: { "data-contact-id": "x{5}", "aria-selected": "true", title: "7 long" },
    children: [
      { tag: "input", attributes: { type: "checkbox", ":checked": "true", value: "4 long" } },
      { tag: "a", attributes: { href: "/contacts/#?name=#" }, text: 7 },
      { tag: "a", attributes: { href: "tel:#" }, text: 14 },
      { tag: "img", attributes: { src: "/#" } },
      { tag: "span", attributes: { "data-owner-name": "a{4}", "data-state": "checked" } },
    ],
  });
});

test("of many rows that are alike a few are enough", () => {
  const { structure } = reportOn(".contact-table");
  expect(structure.children).toHaveLength(4);
  expect(structure.omitted).toBe(37);
});

test("where no list is found, what is around a ticked box is reported; else the page", () => {
  expect(reportOn(null)).toMatchObject({ region: "ticked", structure: { tag: "main" } });
  document.querySelector("input")!.checked = false;
  expect(reportOn(null)).toMatchObject({ region: "page", structure: { tag: "body" } });
});

test("a name in a class, an attribute or an element's own name stays out, unless the page's styles have it", () => {
  document.head.innerHTML = "<style>@media screen { .hl7-grid .vip_mark[data-lane] { color: red } }</style>";
  document.body.className = "signed-in-as-marisol-vega";
  document.body.innerHTML = `<section class="hl7-grid"><div class="contact--dana-wu owner_Marisol.Vega vip_mark"
    data-dana-wu="1" data-lane="2"><dana-wu-card class="before:content-['Dana_Wu']"></dana-wu-card><danawu></danawu></div></section>`;
  const report = reportOn("section");
  expect(report.structure).toMatchObject({
    classes: ["hl#-grid"],
    children: [
      {
        classes: ["contact--a{4}-a{2}", "owner_a{7}.a{4}", "vip_mark"],
        attributes: { "data-a{4}-a{2}": "0{1}", "data-lane": "0{1}" },
        children: [{ tag: "a{4}-a{2}-a{4}" }, { tag: "a{6}" }],
      },
    ],
  });
  expect(JSON.stringify(report)).not.toMatch(/dana|wu|marisol|vega/i);
});

const ATTRIBUTES =
  "id title alt value href src aria-label aria-rowindex data-contact-id data-x data-testid placeholder name for role " +
  "type lang style aria-selected data-state colspan onclick srcset";

test("nothing that the page says survives, wherever it says it", () => {
  const mark = fc.oneof(
    fc.constantFrom(
      "Zoë Quäck",
      "+1 415 555 0142",
      "ZQQ_41.55@zqqq.example",
      "名前は",
      "zqzq/zqqz?zqqq=zzqq#zqzz",
      "🧑",
    ),
    fc.string({ minLength: 4, maxLength: 20, unit: "binary" }),
  );
  const attribute = fc.constantFrom(...ATTRIBUTES.split(" "));
  const may = knownWords(RECIPE);
  fc.assert(
    fc.property(mark, fc.array(attribute, { maxLength: 6 }), attribute, (text, names, alone) => {
      const holder = document.createElement("section");
      const inner = document.createElement("p");
      holder.append(document.createTextNode(text), inner, document.createComment(text));
      inner.textContent = text;
      for (const name of names) holder.setAttribute(name, `a ${text}`);
      inner.setAttribute(alone, text);
      document.body.replaceChildren(holder);
      const { browser: _, ...report } = reportOn("section");
      const said = JSON.stringify(report);
      const words = text.match(/[\p{L}\p{N}]{3,}|[^\p{ASCII}]/gu) ?? [];
      const secret = words.filter((word) => !may.has(word.toLowerCase()) && !SAID_BY_ITSELF.includes(word));
      expect(secret.filter((word) => said.includes(word))).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

/** What a report of this page says without any text: what is random may happen to be a part of it. */
const SAID_BY_ITSELF = JSON.stringify([
  "recipe id sample-crm version address region list within tag html body section structure classes attributes text children",
  ATTRIBUTES,
  "long",
]);
