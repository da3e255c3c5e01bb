import polyfill, { type Menus, type Runtime, type Tabs } from "webextension-polyfill";

/** The browser as every extension page and the background see it: promises everywhere, one name. */
export const browser = polyfill;
export type { Menus, Runtime, Tabs };
