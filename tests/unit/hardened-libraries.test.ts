import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { hardenLibraries } from "../../hardened-libraries.ts";

const libraries = hardenLibraries();
const WRAPPER = "virtual:wxt-unlisted-script-entrypoint?crm.ts";

test("scripts for pages carry nothing to say of a crash, and still answer", async () => {
  const code = await readFile("node_modules/wxt/dist/virtual/unlisted-script-entrypoint.mjs", "utf8");
  expect(code).toContain("crashed on startup");
  const cut = libraries.transform(code, WRAPPER)?.code ?? "";
  expect(cut).not.toContain("crashed on startup");
  expect(cut).toContain("return definition.main();");
});

test("a library that has changed fails the build", () => {
  expect(() => libraries.transform("something else", WRAPPER)).toThrow("Not exactly once");
});

test("other modules stay as they are", () => {
  expect(libraries.transform("try {}", "/utils/page/crm-page.ts")).toBeNull();
});
