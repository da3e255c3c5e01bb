import { defineConfig } from "@playwright/test";

/** The built extension in real browsers, a file in each of two at a time: each starts a whole sandbox of its own. */
export default defineConfig({
  testDir: "tests/e2e",
  testMatch: "*.e2e.ts",
  globalSetup: "./tests/e2e/build.ts",
  workers: 2,
  retries: 0,
  timeout: 180_000,
  expect: { timeout: 10_000 },
  reporter: "list",
});
