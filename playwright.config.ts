import { defineConfig } from "@playwright/test";

/** The built extension in real browsers, one at a time: each run starts a whole sandbox of its own. */
export default defineConfig({
  testDir: "tests/e2e",
  testMatch: "*.e2e.ts",
  globalSetup: "./tests/e2e/build.ts",
  workers: 1,
  retries: 0,
  timeout: 180_000,
  expect: { timeout: 10_000 },
  reporter: "list",
});
