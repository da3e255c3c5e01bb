// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import { HUBSPOT } from "../../../../utils/recipes/hubspot.ts";
import { ids, openPage } from "./read-page.ts";

const PORTAL = "https://app-eu1.hubspot.com/contacts/42";
const LIST = `${PORTAL}/objects/0-1/views/all/list`;
const DANA = "51000000001";
const LUIS = "51000000002";

const row = (attributes: string, on: boolean, name = "Somebody") =>
  `<tr ${attributes}><td><input type="checkbox" ${on ? "checked" : ""}></td><td>${name}</td><td>(415) 555-0142</td></tr>`;
const list = (rows: string, bar = "") => `<div data-selenium-test="crm-bulk-actions">${bar}</div><table><thead><tr>
  <th><input type="checkbox" checked></th><th>Name</th><th>Phone Number</th></tr></thead><tbody>${rows}</tbody></table>`;

describe("HubSpot's list of contacts", () => {
  it.each([
    ["data-row-key", (id: string) => `data-row-key="${id}"`],
    ["data-object-id", (id: string) => `data-object-id="${id}"`],
    ["data-test-object-id", (id: string) => `data-test-object-id="${id}"`],
    ["data-test-id", (id: string) => `data-test-id="row-${id}"`],
  ])("is read by %s", (_, place) => {
    const html = list(row(place(DANA), true, "Dana Wu") + row(place(LUIS), false), "<span>1 selected</span>");
    expect(openPage(HUBSPOT, LIST, html).read()).toMatchObject({
      rows: [{ contactId: DANA, name: "Dana Wu", phone: "(415) 555-0142" }],
      claimed: 1,
      everything: false,
      unreadable: [],
      changed: false,
      recordUrl: `${PORTAL}/record/0-1/{id}`,
    });
  });

  it("is read by the link to the record, and not by links to records of another kind", () => {
    const link = (kind: string, id: string) => `<a href="/contacts/42/record/${kind}/${id}?eschref=x">Dana Wu</a>`;
    const html = list(row("", true, link("0-2", LUIS) + link("0-1", DANA)) + row("", false, link("0-1", LUIS)));
    expect(ids(openPage(HUBSPOT, LIST, html))).toEqual([DANA]);
  });

  it.each([
    ["12 selected", 12, false],
    ["1,204 selected Select all 6,310 contacts", 1204, false],
    ["All 6,310 contacts selected", 6310, true],
    ["12 ausgewählt Zuweisen", 12, false],
    ["1 234 selected", 1234, false],
    ["12\u00a0345 selected Select all", 12_345, false],
    ["1\u202f234 sélectionnés Attribuer", 1234, false],
    ["1’234 ausgewählt", 1234, false],
    ["All 1 234 567 contacts selected", 1_234_567, true],
    ["Assign Delete", null, false],
  ])("is counted by what the page says: %s", (bar, claimed, everything) => {
    const html = list(row(`data-row-key="${DANA}"`, true), `<span>${bar}</span>`);
    expect(openPage(HUBSPOT, LIST, html).read()).toMatchObject({ claimed, everything });
  });

  it("is not mistaken for lists of companies, deals and tickets", () => {
    for (const kind of ["0-2", "0-3", "0-5", "0-11", "2-117"]) {
      const address = `${PORTAL}/objects/${kind}/views/all/list`;
      expect(openPage(HUBSPOT, address, list(row(`data-row-key="${DANA}"`, true))).read()).toMatchObject({
        rows: [],
        changed: false,
      });
    }
  });

  it("takes nobody for a box of another column that is on, nor for a cell that has the focus", () => {
    const another = row(`data-row-key="${DANA}"`, false, '<input type="checkbox" checked disabled>');
    const focused = row(`data-row-key="${LUIS}"`, false).replace("<td>", '<td aria-selected="true">');
    const selected = row('data-row-key="51000000003" aria-selected="true"', false);
    expect(ids(openPage(HUBSPOT, LIST, list(another + focused + selected)))).toEqual(["51000000003"]);
  });

  it("is told as changed where ticked rows name nobody", () => {
    const nobody = row("", true).replace("(415) 555-0142", "");
    expect(openPage(HUBSPOT, LIST, list(nobody + nobody)).read()).toMatchObject({ rows: [], changed: true });
  });
});

it.each([`${PORTAL}/record/0-1/${DANA}`, `${PORTAL}/record/0-1/${DANA}/view/1`, `${PORTAL}/contact/${DANA}?a=1`])(
  "HubSpot's page %s selects its contact",
  (address) => {
    expect(ids(openPage(HUBSPOT, address, "<h1>Dana</h1>"))).toEqual([DANA]);
  },
);

it("HubSpot's page of a company selects nobody", () => {
  expect(ids(openPage(HUBSPOT, `${PORTAL}/record/0-2/${DANA}`, "<h1>Acme</h1>"))).toEqual([]);
});
