import polyfill, { type Alarms, type Notifications, type Runtime, type Tabs } from "webextension-polyfill";

/** The browser as every extension page and the background see it: promises everywhere, one name. */
export const browser = polyfill;
export type Browser = typeof browser;
export type { Alarms, Notifications, Runtime, Tabs };
