import { buildExtension } from "@partyline/sandbox/extension-build";
import { requireChromium } from "@partyline/sandbox/chromium";
import { requireFirefox } from "./firefox.ts";

/** Before any browser test: the browsers are there, and the extension is built from what is in the tree now. */
export default async function prepare(): Promise<void> {
  process.env["CHROMIUM_PATH"] = (await requireChromium(say)).path;
  process.env["FIREFOX_PATH"] = await requireFirefox(say);
  await buildExtension("chrome");
  await buildExtension("firefox");
}

function say(line: string): void {
  console.log(line);
}
