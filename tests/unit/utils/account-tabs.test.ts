import type { CrmAccount } from "@partyline/domain/crm-account";
import { beforeEach, expect, test, vi } from "vitest";
import { fakeBrowser } from "wxt/testing/fake-browser";
import { accountAt } from "../../../utils/account-tabs.ts";
import { Panels } from "../../../utils/panels.ts";
import { openRecord } from "../../../utils/record-opening.ts";
import { writeSettings } from "../../../utils/settings.ts";
import { openThread } from "../../../utils/thread-opening.ts";

const SITE = "https://app.gohighlevel.com";
const OAK: CrmAccount = { crm: "highlevel", id: "ve9EPM428h8vShlRW1KT" };
const ELM: CrmAccount = { crm: "highlevel", id: "Kq2mTz81LwYvNcRb5XhD" };
const listOf = ({ id }: CrmAccount) => `${SITE}/v2/location/${id}/contacts/smart_list/All`;
const recordOf = ({ id }: CrmAccount) => `${SITE}/v2/location/${id}/contacts/detail/nmFmQEsNgz6AVpgLVUJ1`;

beforeEach(async () => {
  fakeBrowser.reset();
  await writeSettings({ sites: [SITE] });
});

test.each([
  [listOf(OAK), OAK],
  [`https://crm.harbor-pine.example/v2/location/${ELM.id}/contacts/smart_list/All`, ELM],
  [`${SITE}/settings/profile`, null],
  ["https://app.hubspot.com/contacts/40312/objects/0-1/views/all/list", null],
  ["about:blank", null],
  [undefined, null],
])("of %s the account is told by the recipes for its host", async (url, account) => {
  expect(await accountAt(url)).toEqual(account);
});

/** Two tabs of two locations; the one of `last` was used last. */
async function tabs(last: CrmAccount) {
  const [oak, elm] = [1, 2].map((id) => ({ id, windowId: 1, status: "complete", lastAccessed: 1 }));
  const both = [
    { ...oak, url: listOf(OAK), lastAccessed: last === OAK ? 2 : 1 },
    { ...elm, url: listOf(ELM), lastAccessed: last === ELM ? 2 : 1 },
  ];
  const update = vi.fn<(tabId: number, changes: object) => void>();
  const create = vi.fn<() => Promise<{ id: number }>>(async () => ({ id: 3 }));
  Object.assign(fakeBrowser.tabs, { query: async () => both, update, create, sendMessage: async () => undefined });
  Object.assign(fakeBrowser.windows, { update: async () => undefined });
  return { update, create };
}

test("somebody's page opens in a tab of their own account, whichever was used last", async () => {
  const { update, create } = await tabs(ELM);
  await openRecord({}, recordOf(OAK), "group");
  expect(update.mock.calls).toEqual([[1, { url: recordOf(OAK), active: true }]]);
  expect(create).not.toHaveBeenCalled();
});

test("no tab of another account is taken away for it", async () => {
  const { update, create } = await tabs(ELM);
  await openRecord({}, recordOf({ ...OAK, id: "thirdLocation0000001" }), "group");
  expect(update).not.toHaveBeenCalled();
  expect(create).toHaveBeenCalledOnce();
});

test.each([
  ["in the tab of the workspace's account", OAK, 1],
  ["where none is known in the one used last", null, 2],
])("a thread comes up %s", async (_, own, tabId) => {
  const { update } = await tabs(ELM);
  await openThread(new Panels(() => undefined), "group", own);
  expect(update.mock.calls).toEqual([[tabId, { active: true }]]);
});

test("a thread comes up in a tab of its own where every tab is of other accounts", async () => {
  const { update, create } = await tabs(ELM);
  await openThread(new Panels(() => undefined), "group", { ...OAK, id: "thirdLocation0000001" });
  expect(update).not.toHaveBeenCalled();
  expect(create.mock.calls).toEqual([[{ url: expect.stringContaining("/panel.html") }]]);
});
