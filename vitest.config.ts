import preactPreset from "@preact/preset-vite";
import { defineConfig } from "vitest/config";
import { WxtVitest } from "wxt/testing/vitest-plugin";

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [preactPreset(), WxtVitest()],
        test: { name: "extension", include: ["tests/unit/**/*.test.{ts,tsx}"], testTimeout: 30_000 },
      },
      { test: { name: "rules", include: ["{domain,contract}/**/*.test.ts"] } },
      { test: { name: "sandbox", include: ["sandbox/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 60_000 } },
      {
        test: {
          name: "server",
          include: ["server/**/*.test.ts"],
          globalSetup: ["server/testing/global-setup.ts"],
          // Opening databases and starting processes takes its time on a busy machine.
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // Every file may hold several embedded databases of 300 MB each.
          maxWorkers: 2,
        },
      },
    ],
  },
});
