import type { browser as Browser } from "wxt/browser";

interface World {
  browser: typeof Browser;
  chrome: typeof Browser;
}
const world = globalThis as unknown as World;

/** By the one name that a browser itself gives it: any other may be an element of the page's, in Chromium to us as well. */
export const browser = import.meta.env.FIREFOX ? world.browser : world.chrome;
