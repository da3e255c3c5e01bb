import { expect, test } from "@playwright/test";
import { sizesForStore } from "../../bench/size.ts";

/** What a CRM page and its users pay before anything happens. Who has to raise a number here says in the commit why. */
test("the store build stays within its weight", async () => {
  const { contentScript, reading, moving, panel, background } = await sizesForStore();
  expect(contentScript.gzip).toBeGreaterThan(1_000);
  expect(contentScript.gzip).toBeLessThan(6_000);
  expect(reading.gzip).toBeLessThan(5_000);
  expect(moving.gzip).toBeLessThan(2_000);
  expect(panel.gzip).toBeGreaterThan(contentScript.gzip);
  expect(panel.gzip).toBeLessThan(50_000);
  expect(background.gzip).toBeGreaterThan(contentScript.gzip);
  expect(background.gzip).toBeLessThan(75_000);
});
