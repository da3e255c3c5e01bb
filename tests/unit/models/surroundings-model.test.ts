import { signal } from "@preact/signals";
import type { CrmAccount } from "@partyline/domain/crm-account";
import { expect, test, vi } from "vitest";
import { Navigation } from "../../../utils/models/navigation.ts";
import { SurroundingsModel } from "../../../utils/models/surroundings-model.ts";
import { panelWorld } from "./panel-world.ts";

async function surroundings() {
  const { gateway, asked } = await panelWorld();
  const navigation = new Navigation();
  const ownAccount = signal<CrmAccount | null>({ crm: "highlevel", id: "ve9EPM428h8vShlRW1KT" });
  return {
    model: new SurroundingsModel(gateway, { navigation, ownAccount, ownNumbers: signal(["+14155550100"]) }),
    navigation,
    asked,
  };
}

test("a number from the page begins a group with whoever it belongs to", async () => {
  const { model, navigation } = await surroundings();
  model.hear({ kind: "text_number", text: " (415) 555-0142 ", account: null });
  await vi.waitFor(() =>
    expect(navigation.route.value).toMatchObject({
      view: "new_group",
      start: { rows: [{ contactId: null, name: null, phone: "+14155550142" }], missing: 0 },
    }),
  );
  expect(model.refusedNumber.value).toBeNull();
});

test.each([
  ["call me", { reason: "invalid_number" }],
  ["+1 876 555 0123", { reason: "not_us_ca", country: "JM" }],
  ["(800) 555-0123", { reason: "not_textable", kind: "toll_free" }],
  ["(415) 555-0100", { reason: "own_number" }],
])("%s begins none, and says why, until a number is chosen", async (text, refusal) => {
  const { model, navigation } = await surroundings();
  model.hear({ kind: "text_number", text, account: null });
  await vi.waitFor(() => expect(model.refusedNumber.value).toEqual({ text, refusal }));
  expect(navigation.route.value).toEqual({ view: "home" });
  model.hear({ kind: "text_number", text: "4155550142", account: null });
  await vi.waitFor(() => expect(model.refusedNumber.value).toBeNull());
});

test("a number on a page of another account is not looked up, and says so", async () => {
  const { model, navigation } = await surroundings();
  const text = "(415) 555-0142";
  model.hear({ kind: "text_number", text, account: { crm: "highlevel", id: "Kq2mTz81LwYvNcRb5XhD" } });
  expect(navigation.route.value).toEqual({ view: "home" });
  expect(model.refusedNumber.value).toEqual({ text, refusal: { reason: "other_account" } });
  const account = { crm: "highlevel", id: "ve9EPM428h8vShlRW1KT" };
  model.hear({ kind: "text_number", text, account });
  await vi.waitFor(() => expect(navigation.route.value).toMatchObject({ view: "new_group", start: { account } }));
  expect(model.refusedNumber.value).toBeNull();
});

test("beside a page that is no CRM its site can be asked for", async () => {
  const { model, asked } = await surroundings();
  expect(model.place.value).toEqual({ state: "crm" });
  model.hear({ kind: "place", place: { state: "stranger", origin: "https://crm.example.com" } });
  expect(model.place.value).toEqual({ state: "stranger", origin: "https://crm.example.com" });
  expect(await model.enableSite("https://crm.example.com")).toBe("granted");
  expect(asked).toEqual(["https://crm.example.com"]);
});
