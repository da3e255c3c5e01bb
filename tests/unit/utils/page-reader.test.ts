// @vitest-environment happy-dom
import { beforeEach, describe, expect, test } from "vitest";
import { Recipe } from "@partyline/contract/recipe";
import { createPageReader } from "../../../utils/page/page-reader.ts";
import { HIGHLEVEL_ANYWHERE } from "../../../utils/recipes/highlevel.ts";
import { SAMPLE_CRM } from "../../../utils/recipes/sample-crm.ts";

const DANA = "nmFmQEsNgz6AVpgLVUJ1";
const RECORD = `https://crm.agency.example/v2/location/ve9EPM428h8vShlRW1KT/contacts/detail/${DANA}`;

beforeEach(() => {
  location.href = RECORD;
  document.body.innerHTML = "";
});
const ids = (reader: ReturnType<typeof createPageReader>) => reader.read().rows.map(({ contactId }) => contactId);

test("a page that fits no recipe yet is read once it does: its application draws itself later", () => {
  const reader = createPageReader([Recipe.parse(HIGHLEVEL_ANYWHERE)], document);
  expect(reader.read()).toMatchObject({ recipeId: "none", rows: [] });
  document.body.innerHTML = '<div id="app"></div>';
  expect(reader.read().recipeId).toBe("highlevel-anywhere");
  expect(ids(reader)).toEqual([DANA]);
});

test("an application that goes to other addresses is read by the recipe that fits those", () => {
  document.body.innerHTML = '<div id="app"></div>';
  const sheet = document.head.appendChild(document.createElement("link"));
  sheet.setAttribute("href", "/page/contact-list.css");
  const reader = createPageReader(
    [HIGHLEVEL_ANYWHERE, SAMPLE_CRM].map((one) => Recipe.parse(one)),
    document,
  );
  expect(reader.read().recipeId).toBe("highlevel-anywhere");
  history.pushState(null, "", "/contacts/7");
  expect(reader.read().recipeId).toBe("sample-crm");
  history.pushState(null, "", RECORD);
  expect(ids(reader)).toEqual([DANA]);
});

test("a page that has borne its recipe out keeps it while it draws itself anew", () => {
  document.body.innerHTML = '<div id="app"></div>';
  const reader = createPageReader([Recipe.parse(HIGHLEVEL_ANYWHERE)], document);
  reader.read();
  document.body.innerHTML = "";
  expect(ids(reader)).toEqual([DANA]);
  history.pushState(null, "", "/elsewhere");
  expect(reader.read().recipeId).toBe("none");
});

test("a recipe whose signature this browser does not know is passed by, and the next one reads", () => {
  const broken = { ...Recipe.parse(HIGHLEVEL_ANYWHERE), signature: "#app:unheard-of(" };
  const plain = Recipe.parse({ ...HIGHLEVEL_ANYWHERE, id: "plain", signature: null });
  expect(createPageReader([broken, plain], document).read().recipeId).toBe("plain");
});

describe("a correction of the recipe", () => {
  const row = (id: string, on = "") => `<div class="row" data-id="${id}"><input type="checkbox" ${on}></div>`;
  const draw = (rows: string) => (document.body.innerHTML = `<div class="list">${rows}</div>`);
  const recipe = (version: number, attribute: string) =>
    Recipe.parse({
      id: "ours",
      version,
      hosts: ["crm.example.com"],
      lists: [{ kind: "contacts", container: ".list", row: ".row", checked: ":checked", contactId: [{ attribute }] }],
    });

  test("counts at once in an open page, and for whom it reads otherwise", () => {
    location.href = "https://crm.example.com/people";
    draw('<div class="row" data-person="p1"><input type="checkbox" checked></div>');
    const reader = createPageReader([recipe(1, "data-id")], document);
    expect(ids(reader)).toEqual([]);
    reader.renew([recipe(2, "data-person")]);
    expect(ids(reader)).toEqual(["p1"]);
    expect(reader.seen()?.recipe.version).toBe(2);
  });

  test("forgets nobody who was ticked and scrolled away: it waits until all of them are in sight, or gone", () => {
    location.href = "https://crm.example.com/people";
    const reader = createPageReader([recipe(1, "data-id")], document);
    draw(row("a", "checked"));
    reader.read();
    draw(row("b"));
    reader.read();
    reader.renew([recipe(2, "data-id")]);
    expect([ids(reader), reader.seen()?.recipe.version]).toEqual([["a"], 1]);
    draw(row("a", "checked"));
    reader.read();
    expect([ids(reader), reader.seen()?.recipe.version]).toEqual([["a"], 2]);
  });
});

describe("an application that goes to another account without a new page", () => {
  const listOf = (account: string) => `/v2/location/${account}/contacts/smart_list/All`;
  const [OAK, ELM] = ["ve9EPM428h8vShlRW1KT", "Kq2mTz81LwYvNcRb5XhD"] as const;
  const LUIS = "nmFmQEsNgz6AVpgLVUJ2";
  const draw = (...ticked: string[]) => {
    const rows = ticked.map(
      (id) => `<tr><td><input type="checkbox" checked></td><td><a href="/contacts/detail/${id}">P</a></td></tr>`,
    );
    document.body.innerHTML = `<div id="app"><table><tbody>${rows.join("")}</tbody></table></div>`;
  };
  let clock: number;
  let reader: ReturnType<typeof createPageReader>;
  beforeEach(() => {
    clock = 0;
    location.href = `https://crm.agency.example${listOf(OAK)}`;
    reader = createPageReader([Recipe.parse(HIGHLEVEL_ANYWHERE)], document, () => clock);
    draw(DANA);
    expect(ids(reader)).toEqual([DANA]);
    history.pushState(null, "", listOf(ELM));
  });

  test("drops at once who was ticked in the one before, and says whose page it is now", () => {
    expect(reader.read()).toMatchObject({ rows: [], account: { crm: "highlevel", id: ELM } });
    draw(LUIS);
    clock = 2_900;
    expect(ids(reader)).toEqual([]);
    clock = 3_100;
    expect(ids(reader)).toEqual([LUIS]);
  });

  test("never counts who was read in the one before, however long they stand there", () => {
    clock = 60_000;
    draw(DANA, LUIS);
    reader.read();
    clock = 120_000;
    expect(ids(reader)).toEqual([LUIS]);
  });

  test("counts them again where they belong, also by way of a page of none", () => {
    clock = 60_000;
    reader.read();
    history.pushState(null, "", "/v2/location/");
    reader.read();
    history.pushState(null, "", listOf(OAK));
    reader.read();
    clock = 120_000;
    expect(ids(reader)).toEqual([DANA]);
  });
});
