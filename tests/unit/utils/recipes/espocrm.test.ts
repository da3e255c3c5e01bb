// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import { ESPOCRM } from "../../../../utils/recipes/espocrm.ts";
import { ids, openPage } from "./read-page.ts";

const AT = "https://crm.example.com/sales/";
const DANA = "65f1a2b3c4d5e6f70";
const LUIS = "65f1a2b3c4d5e6f71";

const row = (id: string, state: string) => `<tr data-id="${id}" class="list-row">
  <td data-name="r-checkbox"><input type="checkbox" class="record-checkbox" data-id="${id}" ${state}></td>
  <td class="cell" data-name="name"><a class="link" href="#Contact/view/${id}">Dana Wu</a></td>
  <td class="cell" data-name="phoneNumber"><a href="tel:+14155550142">(415) 555-0142</a></td></tr>`;
const list = (rows: string, scope = ' data-scope="Contact"') => `<div class="list"${scope}><table><thead><tr><th>
  <input type="checkbox" class="select-all" checked></th></tr></thead><tbody>${rows}</tbody></table></div>`;

describe("EspoCRM's contact list", () => {
  it.each(["#Contact", "#Contact/list", "#Contact?primaryFilter=all"])("is read at %s", (fragment) => {
    const reader = openPage(ESPOCRM, AT + fragment, list(row(DANA, "checked") + row(LUIS, "")));
    expect(reader.read()).toMatchObject({
      recipeId: "espocrm",
      rows: [{ contactId: DANA, name: "Dana Wu", phone: "+14155550142" }],
      everything: false,
      changed: false,
      recordUrl: `${AT}#Contact/view/{id}`,
    });
  });

  it("is read in versions whose list does not say what it lists", () => {
    expect(ids(openPage(ESPOCRM, `${AT}#Contact`, list(row(DANA, "checked"), "")))).toEqual([DANA]);
  });

  it("forgets rows that another page of the list has taken the place of", () => {
    const reader = openPage(ESPOCRM, `${AT}#Contact`, list(row(DANA, "checked")));
    expect(ids(reader)).toEqual([DANA]);
    document.body.innerHTML = list(row(LUIS, ""));
    expect(ids(reader)).toEqual([]);
  });

  it("says that every result is selected when the boxes are on and switched off from change", () => {
    const reader = openPage(ESPOCRM, `${AT}#Contact`, list(row(DANA, "checked disabled")));
    expect(reader.read()).toMatchObject({ everything: true, rows: [{ contactId: DANA }] });
  });
});

describe("EspoCRM's other pages", () => {
  it("select the contact whose page it is, in whatever folder it lives", () => {
    expect(ids(openPage(ESPOCRM, `${AT}#Contact/view/${DANA}`, "<h3>Dana</h3>"))).toEqual([DANA]);
  });

  it.each(["#Account", "#Contact/create", `#Contact/edit/${DANA}`, `#Account/view/${DANA}`])(
    "%s selects nobody",
    (fragment) => {
      const accounts = list(row(LUIS, "checked"), ' data-scope="Account"');
      expect(ids(openPage(ESPOCRM, AT + fragment, accounts))).toEqual([]);
    },
  );
});
