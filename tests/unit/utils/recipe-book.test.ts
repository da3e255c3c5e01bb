import type { RecipeSource } from "@partyline/contract/recipe";
import type { RecipeBook, SignedRecipes } from "@partyline/contract/recipe-book";
import { allow, refuse } from "@partyline/domain/result";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { fakeBrowser } from "wxt/testing/fake-browser";
import { makeRecipeKeys, signRecipes, type RecipeKeys } from "../../../server/recipes/signing.ts";
import type { CallRefusal } from "../../../utils/command.ts";
import { readKept, readRecipeBook, recipesInUse, supersederOf } from "../../../utils/recipe-book.ts";
import { RecipeKeeper } from "../../../utils/recipe-keeper.ts";
import { openSigned } from "../../../utils/recipe-signature.ts";
import { HIGHLEVEL } from "../../../utils/recipes/highlevel.ts";
import { SAMPLE_CRM } from "../../../utils/recipes/sample-crm.ts";

const OFFLINE: CallRefusal = { reason: "unreachable", backend: "http://127.0.0.1:1" };
const VERSION = SAMPLE_CRM.version;
const CORRECTED: RecipeSource = { ...SAMPLE_CRM, version: VERSION + 1 };
const OWN: RecipeSource = { ...SAMPLE_CRM, id: "acme-crm", hosts: ["crm.acme.example"] };

let keys: RecipeKeys;
let strangers: RecipeKeys;
/** What the backend would answer. */
let served: RecipeBook;
let offline: boolean;
let asked: { path: string; tag: string | null }[];
let now: number;

beforeAll(async () => {
  keys = await makeRecipeKeys();
  strangers = await makeRecipeKeys();
});
beforeEach(() => {
  fakeBrowser.reset();
  served = { published: null, own: [] };
  offline = false;
  asked = [];
  now = Date.parse("2026-11-23T12:00:00Z");
});

function keeperOf(trusted: readonly string[] = [keys.publicKey]): RecipeKeeper {
  return new RecipeKeeper({
    api: {
      async getChanged(path, schema, tag) {
        asked.push({ path, tag });
        if (offline) return refuse(OFFLINE);
        const current = JSON.stringify(served);
        return allow(tag === current ? null : { value: schema.parse(served), tag: current });
      },
      write: async () => refuse(OFFLINE),
    },
    now: () => now,
    newId: () => "0190a000-0000-7000-8000-000000000001",
    keys: trusted,
  });
}

const sign = (serial: number, recipes: unknown, { privateKey } = keys) =>
  signRecipes({ serial, issuedAt: "2026-11-23T12:00:00Z", recipes }, privateKey);

async function take(signed: SignedRecipes, keeper = keeperOf()) {
  served = { ...served, published: signed };
  await keeper.refresh();
  return (await readKept()).trouble;
}

const bookOf = () => readRecipeBook([keys.publicKey]);

/** The version of the sample CRM's recipe that its pages are read with. */
async function versionInUse(): Promise<number | undefined> {
  const { known } = await readRecipeBook([keys.publicKey]);
  return recipesInUse("127.0.0.1", known).find(({ id }) => id === SAMPLE_CRM.id)?.version;
}

describe("published recipes", () => {
  test("replace the built-in one where they are newer", async () => {
    expect(await versionInUse()).toBe(VERSION);
    expect(await take(await sign(1, [CORRECTED]))).toBeNull();
    expect(await versionInUse()).toBe(VERSION + 1);
  });

  test("leave a built-in one alone that is newer than they are", async () => {
    await take(await sign(1, [CORRECTED]));
    const { known } = await bookOf();
    const updated = known.map((one) =>
      one.origin === "built_in" ? { ...one, recipe: { ...one.recipe, version: VERSION + 2 } } : one,
    );
    const used = recipesInUse("127.0.0.1", updated).filter(({ id }) => id === SAMPLE_CRM.id);
    expect(used.map(({ version }) => version)).toEqual([VERSION + 2]);
  });

  test("are refused when one letter was changed on the way, and the last good ones stay", async () => {
    await take(await sign(1, [CORRECTED]));
    const later = await sign(2, [{ ...CORRECTED, version: VERSION + 2 }]);
    const tampered = { ...later, payload: later.payload.replace("contact-table", "contact-tablE") };
    expect(await take(tampered)).toEqual({ reason: "bad_signature" });
    expect(await versionInUse()).toBe(VERSION + 1);
  });

  test("are refused when somebody else signed them, or nobody's signature counts", async () => {
    expect(await take(await sign(1, [CORRECTED], strangers))).toEqual({ reason: "bad_signature" });
    expect(await take(await sign(1, [CORRECTED]), keeperOf([]))).toEqual({ reason: "bad_signature" });
    expect(await versionInUse()).toBe(VERSION);
  });

  test("are taken from the publisher's next key while both are known", async () => {
    const signed = await sign(1, [CORRECTED], strangers);
    expect(await take(signed, keeperOf([keys.publicKey, strangers.publicKey]))).toBeNull();
  });

  test("are not rolled back to what was signed before, nor to another text with the same serial", async () => {
    const first = await sign(1, [CORRECTED]);
    await take(await sign(2, [{ ...CORRECTED, version: VERSION + 2 }]));
    expect(await take(first)).toEqual({ reason: "older", serial: 1 });
    expect(await take(await sign(2, [CORRECTED]))).toEqual({ reason: "older", serial: 2 });
    expect(await versionInUse()).toBe(VERSION + 2);
  });

  test("are refused as a whole for one fault, whose place is told", async () => {
    await take(await sign(1, [CORRECTED]));
    const faulty = { ...CORRECTED, id: "faulty", lists: [{ ...CORRECTED.lists[0], checked: "input[" }] };
    const trouble = await take(await signUnchecked(2, [{ ...CORRECTED, version: VERSION + 9 }, faulty]));
    expect(trouble).toMatchObject({ reason: "invalid", faults: [{ pointer: "/recipes/1/lists/0/checked" }] });
    expect(await versionInUse()).toBe(VERSION + 1);
  });

  test("stay when the backend has none any more or cannot be reached, and are there again after a restart", async () => {
    await take(await sign(1, [CORRECTED]));
    served = { published: null, own: [] };
    await keeperOf().refresh();
    expect(await versionInUse()).toBe(VERSION + 1);
    offline = true;
    expect(await keeperOf().refresh()).toEqual(refuse(OFFLINE));
    expect(await versionInUse()).toBe(VERSION + 1);
  });

  test("count only while what is kept is still as it was signed", async () => {
    await take(await sign(1, [CORRECTED]));
    const kept = await readKept();
    const published = { ...kept.published!, payload: kept.published!.payload.replace("contact-table", "x") };
    await fakeBrowser.storage.local.set({ recipes: { ...kept, published } });
    expect(await versionInUse()).toBe(VERSION);
  });

  test("that are not even JSON are refused, though signed", async () => {
    const text = await signText("{ no");
    const pointsAt = { ok: false, refusal: { reason: "invalid", faults: [{ pointer: "/", detail: "is not JSON" }] } };
    expect(await openSigned(text, [keys.publicKey])).toEqual(pointsAt);
  });
});

describe("the workspace's own recipes", () => {
  test("come first on the hosts they name, and nowhere else", async () => {
    served = { published: null, own: [OWN] };
    await keeperOf().refresh();
    const { known } = await bookOf();
    expect(recipesInUse("crm.acme.example", known)[0]?.id).toBe("acme-crm");
    expect(recipesInUse("127.0.0.1", known).map(({ id }) => id)).not.toContain("acme-crm");
  });

  test("replace one with their id where they are not older, on their hosts alone", async () => {
    served = { published: await sign(1, [CORRECTED]), own: [{ ...CORRECTED, hosts: ["127.0.0.1"], count: [] }] };
    await keeperOf().refresh();
    const { known } = await bookOf();
    const on = (host: string) => recipesInUse(host, known).filter(({ id }) => id === SAMPLE_CRM.id);
    expect(on("127.0.0.1")).toMatchObject([{ version: VERSION + 1, count: [] }]);
    expect(on("localhost")).toMatchObject([{ version: VERSION + 1, count: [{ selector: ".selection-count" }] }]);
    const builtIn = known.find(({ recipe, origin }) => recipe.id === SAMPLE_CRM.id && origin === "built_in")!;
    expect(supersederOf(builtIn, known)).toMatchObject({ origin: "published" });
  });

  test("are gone when they were removed, or when their user left", async () => {
    served = { published: null, own: [OWN] };
    const keeper = keeperOf();
    await keeper.refresh();
    expect((await bookOf()).known.some(({ origin }) => origin === "own")).toBe(true);
    served = { published: null, own: [] };
    await keeper.refresh();
    expect((await bookOf()).known.some(({ origin }) => origin === "own")).toBe(false);
    served = { published: null, own: [OWN] };
    await keeper.refresh();
    await keeper.leaveWorkspace();
    expect((await bookOf()).known.some(({ origin }) => origin === "own")).toBe(false);
  });

  test("that this extension does not understand are left out with their fault, and the others count", async () => {
    served = { published: null, own: [OWN, { ...OWN, id: "from-the-future", reads: "minds" }] };
    await keeperOf().refresh();
    const { known, unusable } = await bookOf();
    expect(known.filter(({ origin }) => origin === "own").map(({ recipe }) => recipe.id)).toEqual(["acme-crm"]);
    expect(unusable).toMatchObject([{ id: "from-the-future", faults: [{ pointer: "/" }] }]);
  });
});

describe("the keeper of recipes", () => {
  test("asks at first, then only when told or after hours, and sends what it has", async () => {
    const keeper = keeperOf();
    await keeper.refreshIfDue();
    await keeper.refreshIfDue();
    expect(asked).toEqual([{ path: "/v1/recipes", tag: null }]);
    await keeper.changed();
    now += 5 * 60 * 60 * 1000;
    await keeper.refreshIfDue();
    await keeper.refreshIfDue();
    expect(asked).toHaveLength(3);
    expect(asked.at(-1)?.tag).toBe(JSON.stringify(served));
  });

  test("asks again at the next chance after nobody answered", async () => {
    offline = true;
    await keeperOf().changed();
    offline = false;
    await keeperOf().refreshIfDue();
    await keeperOf().refreshIfDue();
    expect(asked).toHaveLength(2);
  });

  test("asks for all of it again after it refused something", async () => {
    served = { published: await sign(1, [CORRECTED], strangers), own: [] };
    await keeperOf().refresh();
    await keeperOf([keys.publicKey, strangers.publicKey]).refresh();
    expect((await readKept()).trouble).toBeNull();
    expect((await readKept()).serial).toBe(1);
  });
});

/** As a publisher's own broken tool would: `signRecipes` refuses. */
function signUnchecked(serial: number, recipes: unknown): Promise<SignedRecipes> {
  return signText(JSON.stringify({ serial, issuedAt: "2026-11-23T12:00:00Z", recipes }));
}

async function signText(payload: string): Promise<SignedRecipes> {
  const curve = { name: "ECDSA", namedCurve: "P-256" };
  const key = await crypto.subtle.importKey("pkcs8", Buffer.from(keys.privateKey, "base64"), curve, false, ["sign"]);
  const signature = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, key, Buffer.from(payload));
  return { payload, signature: Buffer.from(signature).toString("base64") };
}

test("a correction from before recipes told whose page it is does not lose that", async () => {
  const { account, ...older } = HIGHLEVEL;
  const keeper = keeperOf();
  await take(await sign(1, [{ ...older, version: older.version + 1 }]), keeper);
  const { known } = await readRecipeBook([keys.publicKey]);
  const [inUse] = recipesInUse("app.gohighlevel.com", known);
  expect(inUse).toMatchObject({ id: "highlevel", version: older.version + 1, account });
});
