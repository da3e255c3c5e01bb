import preactPreset from "@preact/preset-vite";
import { defineConfig } from "wxt";

/** `wxt build` makes the store build; `wxt build --mode sandbox` grants loopback so that the sandbox works unasked. */
export default defineConfig({
  imports: false,
  vite: () => ({ plugins: [preactPreset()] }),
  manifest: { name: "Partyline", description: "Group SMS inside the CRM tab you already have open." },
});
