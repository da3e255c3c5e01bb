import { browser, type Tabs } from "./browser.ts";
import { isOnSite, orderPage } from "./crm-tabs.ts";
import { readSettings } from "./settings.ts";
import { addSite, askLeave, isAskable, mayReach } from "./sites.ts";
import { openOwnTab, rememberOpening } from "./thread-opening.ts";

/**
 * The toolbar button. On an enabled site it shows the panel or takes it away; anywhere else the browser asks whether we may
 * in, and then the panel comes up. Pages that nobody can be let into lead to the options, and so does the backend's own.
 */
export async function pressToolbar({ id, url }: Pick<Tabs.Tab, "id" | "url">): Promise<void> {
  if (id === undefined || url === undefined || !URL.canParse(url) || !isAskable(url)) return openOptions();
  // The click does not outlive a wait, so the browser is asked before we know of a need. Where there is none, it is silent.
  const leave = await askLeave(url);
  if (leave !== "granted" && !(await mayReach(url))) return;
  if (await isOnSite(url)) {
    // One that threw us out, or from before an update: the panel comes in a tab of its own.
    if (!(await orderPage(id, { kind: "toggle_panel" }))) await openOwnTab(null);
    return;
  }
  const { origin } = new URL(url);
  if (origin === (await readSettings()).backend) return openOptions();
  await rememberOpening(id, null);
  await addSite(origin);
}

async function openOptions(): Promise<void> {
  await browser.runtime.openOptionsPage();
}
