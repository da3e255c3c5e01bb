import { expect, test } from "vitest";
import { isOtherAccount, type CrmAccount } from "./crm-account.ts";

const OAK: CrmAccount = { crm: "highlevel", id: "ve9EPM428h8vShlRW1KT" };
const ELM: CrmAccount = { crm: "highlevel", id: "Kq2mTz81LwYvNcRb5XhD" };

test.each([
  ["another account of the same CRM", ELM, OAK, true],
  ["the workspace's own account", { ...OAK }, OAK, false],
  ["an id that differs in its case, as such ids may", { ...OAK, id: OAK.id.toLowerCase() }, OAK, true],
  ["another CRM, whose pages are read as ever", { crm: "hubspot", id: "40312" }, OAK, false],
  ["a page that does not say its account", null, OAK, false],
  ["a workspace that keeps its contacts itself", ELM, null, false],
  ["a workspace of which it is not known yet", ELM, undefined, false],
])("%s", (_, page, own, is) => {
  expect(isOtherAccount(page, own)).toBe(is);
});
