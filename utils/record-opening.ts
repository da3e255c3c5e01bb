import { accountAt, tabsOfAccount } from "./account-tabs.ts";
import { browser, type Runtime } from "./browser.ts";
import { findCrmTabs, isOnSite } from "./crm-tabs.ts";
import { rememberOpening } from "./thread-opening.ts";

/** Shows a contact's own page in the tab of its CRM; a panel that goes with the page before comes back with its thread. */
export async function openRecord({ tab, frameId }: Runtime.MessageSender, url: string, groupId: string): Promise<void> {
  // Addresses come from pages: nothing but a site that the user enabled is opened.
  if (!(await isOnSite(url))) return;
  const framing = frameId === 0 ? undefined : tab?.id;
  if (framing !== undefined) {
    await rememberOpening(framing, { kind: "open_group", groupId });
    await browser.tabs.update(framing, { url });
    return;
  }
  const { origin } = new URL(url);
  const beside = (await findCrmTabs()).filter((one) => one.url?.startsWith(`${origin}/`));
  // A tab of another account of the CRM is somebody's work in another office: it stays where it is.
  const [open] = await tabsOfAccount(beside, await accountAt(url));
  if (open?.id === undefined) await browser.tabs.create({ url });
  else await browser.tabs.update(open.id, { url, active: true });
}
