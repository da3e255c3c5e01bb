import { z } from "zod";
import { browser } from "./browser.ts";
import { NARROWEST, WIDEST } from "./panel-width.ts";

/** How the extension shows in the pages of one site. What somebody tampered with in storage falls back to the usual. */
const Presence = z.object({
  side: z.enum(["left", "right"]).catch("right"),
  /** Where along the edge the handle is: 0 at the top, 1 at the bottom. */
  at: z.number().min(0).max(1).catch(0.42),
  width: z.number().int().min(NARROWEST).max(WIDEST).catch(360),
  /** Whether the panel moves the page aside instead of covering it. */
  push: z.boolean().catch(false),
  /** Whether the handle shows; the toolbar icon and its shortcut open the panel anyway. */
  handle: z.boolean().catch(true),
});
export type Presence = z.infer<typeof Presence>;

const keyOf = (site: string) => `presence:${site}`;

export async function readPresence(site: string): Promise<Presence> {
  const key = keyOf(site);
  return Presence.parse((await browser.storage.local.get(key))[key] ?? {});
}

/** The whole of it after the change. */
export function changePresence(site: string, changes: Partial<Presence>): Promise<Presence> {
  // Two tabs of a site may change different things of it at once.
  return navigator.locks.request("presence", async () => {
    const next = Presence.parse({ ...(await readPresence(site)), ...changes });
    await browser.storage.local.set({ [keyOf(site)]: next });
    return next;
  });
}

/** Calls after each change, whichever page and site made it. */
export function onPresenceChanged(listener: () => void): void {
  browser.storage.onChanged.addListener((changes, area) => {
    if (area === "local" && Object.keys(changes).some((key) => key.startsWith(keyOf("")))) listener();
  });
}
