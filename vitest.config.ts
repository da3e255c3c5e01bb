import preactPreset from "@preact/preset-vite";
import { defineConfig } from "vitest/config";
import { WxtVitest } from "wxt/testing/vitest-plugin";

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [preactPreset(), WxtVitest()],
        test: { name: "extension", include: ["tests/unit/**/*.test.{ts,tsx}"] },
      },
      { test: { name: "rules", include: ["{domain,contract}/**/*.test.ts"] } },
      { test: { name: "sandbox", include: ["sandbox/**/*.test.ts"] } },
      { test: { name: "server", include: ["server/**/*.test.ts"] } },
    ],
  },
});
