// @vitest-environment happy-dom
import { Recipe } from "@partyline/contract/recipe";
import * as fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { createSelectionReader } from "../../../../utils/page/selection-reader.ts";
import { GENERIC } from "../../../../utils/recipes/generic.ts";

const RECIPE = Recipe.parse(GENERIC);
const PHONE = "(415) 555-0142";

function readAt(path: string, html: string) {
  location.href = `https://crm.example.com${path}`;
  document.body.innerHTML = html;
  return createSelectionReader(RECIPE, document).read();
}
const read = (html: string) => readAt("/people", html);

beforeEach(() => document.body.replaceChildren());

describe("a CRM that nobody described", () => {
  const dana = { contactId: "d1", name: "Dana Wu", phone: PHONE };
  const withoutId = { ...dana, contactId: null };

  it.each<[string, string, unknown]>([
    [
      "a plain table of phones without ids",
      `<table><thead><tr><th><input type="checkbox" checked></th><th>Name</th><th>Company</th><th>Phone</th></tr></thead><tbody>
       <tr><td><input type="checkbox" checked></td><td>Dana Wu</td><td>Acme 4</td><td>${PHONE}</td></tr>
       <tr><td><input type="checkbox"></td><td>Luis Ortega</td><td>Acme 4</td><td>(628) 555-0110</td></tr></tbody></table>`,
      withoutId,
    ],
    [
      "a table without headings",
      `<table><tr><td><input type="checkbox" checked></td><td><strong>Dana Wu</strong></td><td>2026-03-04 18:00</td><td>${PHONE}</td></tr>
       <tr><td><input type="checkbox"></td><td>Luis</td></tr></table>`,
      withoutId,
    ],
    [
      "digits below a heading that says mobile",
      `<table><tr><th></th><th>Contact</th><th>Order</th><th>Mobile no.</th></tr>
       <tr><td><input type="checkbox" checked></td><td>Dana Wu</td><td>2125550100</td><td>4155550142</td></tr></table>`,
      { ...withoutId, phone: "4155550142" },
    ],
    [
      "a Radix check box beside a link",
      `<table><tbody><tr data-state="selected"><td><button role="checkbox" aria-checked="true" data-state="checked"></button></td>
       <td><a href="/contacts/d1">Dana Wu</a></td><td><a href="tel:${PHONE}">call</a></td></tr>
       <tr><td><button role="checkbox" aria-checked="false" data-state="unchecked"></button></td><td><a href="/contacts/d2">Luis</a></td></tr></tbody></table>`,
      dana,
    ],
    [
      "a Material UI input inside a link",
      `<div class="list"><a class="MuiListItem-root" href="/people/d1"><span class="MuiCheckbox-root"><input type="checkbox" checked></span>
       <span class="name">Dana Wu</span><span>${PHONE}</span></a>
       <a class="MuiListItem-root" href="/people/d2"><span class="MuiCheckbox-root"><input type="checkbox"></span><span class="name">Luis</span></a></div>`,
      dana,
    ],
    [
      "an ARIA grid with frozen columns",
      `<div role="grid"><div class="frozen"><div role="row"><div role="columnheader" aria-colindex="1"><input type="checkbox"></div></div>
         <div role="row" aria-rowindex="2"><div role="gridcell" aria-colindex="1"><input type="checkbox" checked></div></div>
         <div role="row" aria-rowindex="3"><div role="gridcell" aria-colindex="1"><input type="checkbox"></div></div></div>
       <div class="rest"><div role="row"><div role="columnheader" aria-colindex="2">Full name</div><div role="columnheader" aria-colindex="3">Phone ▲</div></div>
         <div role="row" aria-rowindex="2" data-id="d1"><div role="gridcell" aria-colindex="2">Dana Wu</div><div role="gridcell" aria-colindex="3">${PHONE}</div></div>
         <div role="row" aria-rowindex="3" data-id="d2"><div role="gridcell" aria-colindex="2">Luis</div><div role="gridcell" aria-colindex="3"></div></div></div></div>`,
      dana,
    ],
    [
      "rows of a grid that are marked as selected",
      `<div role="grid"><div role="row" aria-selected="true" data-contact-id="d1"><div role="gridcell" data-field="name">Dana Wu</div><div
       role="gridcell" data-field="phone">Mobile ${PHONE}</div></div><div role="row" aria-selected="false" data-contact-id="d2"></div></div>`,
      dana,
    ],
    [
      "a list of links",
      `<ul><li class="selected"><input type="checkbox" checked><a href="#Contact/view/d1">Dana Wu</a> ${PHONE}</li>
       <li><input type="checkbox"><a href="#Contact/view/d2">Luis</a></li></ul>`,
      dana,
    ],
    [
      "cards that say nothing of themselves",
      `<main><section><div class="head"><label><input type="checkbox" checked> All of them</label></div>
       <div class="card"><div><input type="checkbox" checked></div><div><h3>Dana Wu</h3><p>${PHONE}</p></div></div>
       <div class="card"><div><input type="checkbox"></div><div><h3>Luis</h3><p>(628) 555-0110</p></div></div></section></main>`,
      withoutId,
    ],
    [
      "a form whose boxes carry the ids",
      `<form><table><tr><td><input type="checkbox" name="mass[]" value="9f3c-41" checked></td><td><a href="index.php?module=Contacts&action=DetailView">Dana Wu</a></td>
       <td>${PHONE}</td></tr></table></form>`,
      { ...dana, contactId: "9f3c-41" },
    ],
  ])("is read from %s", (_, html, expected) => {
    const { rows, unreadable, changed } = read(html);
    expect({ rows, unreadable, changed }).toEqual({ rows: [expected], unreadable: [], changed: false });
  });

  it("takes only the first box of a row for the one that selects it", () => {
    const row = (on: string, vip: string, id: string) =>
      `<tr><td><input type="checkbox" ${on}></td><td><a href="/contacts/${id}">P</a></td><td><input type="checkbox" ${vip}> VIP</td></tr>`;
    const { rows } = read(`<table>${row("", "checked", "p1")}${row("checked", "", "p2")}</table>`);
    expect(rows.map(({ contactId }) => contactId)).toEqual(["p2"]);
  });

  it("lists by their words the rows that name nobody", () => {
    const { rows, unreadable, changed } = read(`<table>
      <tr><td><input type="checkbox" checked></td><td>Dana Wu</td><td>${PHONE}</td></tr>
      <tr><td><input type="checkbox" checked></td><td>Pat Doe</td><td>no phone</td></tr></table>`);
    expect(rows).toHaveLength(1);
    expect(unreadable.map((text) => text?.replace(/\s/g, ""))).toEqual(["PatDoenophone"]);
    expect(changed).toBe(false);
  });

  it.each([
    ["a filter", `<aside><div><label><input type="checkbox" checked> Active</label></div></aside>`],
    ["a menu", `<nav><ul><li class="selected"><a href="/contacts/list">All</a></li></ul></nav>`],
    ["tabs", `<div><button role="tab" aria-selected="true">A</button><button role="tab">B</button></div>`],
    ["a setting", `<label><input type="checkbox" checked> Tell me by mail</label>`],
    [
      "a switch",
      `<table><tr><td><button role="switch" data-state="checked"></button></td><td>${PHONE}</td></tr></table>`,
    ],
  ])("selects nobody for %s", (_, html) => {
    expect(read(html)).toMatchObject({ rows: [], unreadable: [], changed: false });
  });

  it.each([
    ["a date", "2026-03-04 18:00"],
    ["an amount", "$4,155,550,142"],
    ["a number of ten digits without a heading", "4155550142"],
    ["a phone that runs into the next number", `<b>${PHONE}</b><i>3</i>`],
  ])("takes %s for no phone", (_, text) => {
    const { rows } = read(
      `<ul><li><input type="checkbox" checked><a href="/tags/all">P</a><span>${text}</span></li></ul>`,
    );
    expect(rows.filter(({ phone }) => phone !== PHONE && phone !== null)).toEqual([]);
  });

  it("says what the page says of its selection", () => {
    const row = `<table><tr><td><input type="checkbox" checked></td><td>${PHONE}</td></tr></table>`;
    expect(read(`<div role="status">12 of 240 contacts selected</div>${row}`).claimed).toBe(12);
    expect(read(`<div class="SelectionBar">All 1,240 contacts are selected</div>${row}`)).toMatchObject({
      claimed: 1240,
      everything: true,
    });
  });

  it.each([
    ["/contacts/c7f2", "c7f2"],
    ["/app/people/view/12?tab=notes", "12"],
    ["/#Contact/view/65f0c1", "65f0c1"],
  ])("selects the contact whose page is %s", (path, contactId) => {
    const html = `<header><a href="tel:+18005550199">Help</a></header><main><h1>Dana Wu</h1><a href="tel:+14155550142">${PHONE}</a></main>`;
    expect(readAt(path, html).rows).toEqual([{ contactId, name: "Dana Wu", phone: "+14155550142" }]);
  });

  it.each([
    "/contacts",
    "/contacts/new",
    "/contacts/smart_list",
    "/deals/42",
    "/contactlists/12",
    "/customerorders/103",
    "/leaderboard/2024",
    "/membership/5",
  ])("selects nobody at %s", (path) => {
    expect(readAt(path, "<h1>Something</h1>").rows).toEqual([]);
  });
});

describe("any markup", () => {
  const words = fc.constantFrom("", "Dana", PHONE, "4155550142", "12 selected", "—", "\u202e", "x".repeat(400));
  const tag = fc.constantFrom(
    "div",
    "tr",
    "td",
    "table",
    "ul",
    "li",
    "a",
    "label",
    "input",
    "thead",
    "th",
    "main",
    "nav",
  );
  const attributes = fc.array(
    fc.constantFrom(
      'type="checkbox" checked',
      'type="checkbox"',
      'role="row"',
      'role="grid"',
      'role="checkbox" aria-checked="true"',
      'aria-selected="true"',
      'data-id="7"',
      'href="/contacts/9"',
      'href="tel:4155550142"',
      'aria-rowindex="2"',
      'class="selected"',
      'colspan="-3"',
    ),
    { maxLength: 3 },
  );
  const { node } = fc.letrec<{ node: string }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 5 },
      words,
      fc
        .tuple(tag, attributes, fc.array(tie("node"), { maxLength: 4 }))
        .map(([name, has, inside]) => `<${name} ${has.join(" ")}>${inside.join("")}</${name}>`),
    ),
  }));

  it("never throws, and never selects more rows than are on", () => {
    fc.assert(
      fc.property(fc.array(node, { maxLength: 5 }), (nodes) => {
        const { rows, unreadable, unusable } = read(nodes.join(""));
        const on = document.querySelectorAll(
          '[type="checkbox"]:checked, [role="checkbox"][aria-checked="true"], [aria-selected="true"], .selected',
        ).length;
        expect(unusable).toBe(false);
        expect(rows.length + unreadable.length).toBeLessThanOrEqual(on);
      }),
      { numRuns: 200 },
    );
  });
});
