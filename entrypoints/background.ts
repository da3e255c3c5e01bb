import { defineBackground } from "wxt/utils/define-background";
import { accountAt } from "../utils/account-tabs.ts";
import { browser, type Menus, type Runtime, type Tabs } from "../utils/browser.ts";
import { Core } from "../utils/core.ts";
import { drawMenus, numberIn, SIDE_PANEL_ITEM, TEXT_NUMBER_ITEMS } from "../utils/context-menus.ts";
import { checkPages, isOnSite } from "../utils/crm-tabs.ts";
import { isOwnPage, PANEL_PORT, serveBackgroundCalls } from "../utils/messaging.ts";
import { groupOfNotice } from "../utils/notifications.ts";
import { PAGE_PORT } from "../utils/page-messages.ts";
import { isPageHello, welcomePage } from "../utils/page-service.ts";
import { forgetOldReports } from "../utils/page-reports.ts";
import { answerReplica, isReplicaMessage } from "../utils/panel-replica.ts";
import { Panels } from "../utils/panels.ts";
import { isPageReading, letRead } from "../utils/page-reading.ts";
import { isPageMoving, isPagePlaced, keepPlaced, letMove } from "../utils/presence-calls.ts";
import { onRecipesChanged } from "../utils/recipe-book.ts";
import { openReplica } from "../utils/replica.ts";
import { onSettingsChanged } from "../utils/settings.ts";
import { openSidePanel } from "../utils/side-panel.ts";
import { disableUnreachable, registerSites } from "../utils/sites.ts";
import { openInTab } from "../utils/thread-opening.ts";
import { openTokenVault } from "../utils/token-vault.ts";
import { pressToolbar } from "../utils/toolbar.ts";

const ALARM = "sync";
/** The shortest that stores allow. */
const ALARM_MINUTES = 0.5;

/** Every listener is added before anything is awaited: the browser wakes the worker for those alone. */
export default defineBackground(() => {
  // Ports lose what is said on them before somebody listens, so panels do not wait for the rest.
  const panels = new Panels((tabId, say) => void starting.then((core) => core.greetPanel(tabId, say)));
  const opening = openReplica();
  const starting = opening.then((replica) => new Core(replica, openTokenVault(), panels));

  browser.runtime.onConnect.addListener((port) => {
    if (port.name === PANEL_PORT && port.sender && isOwnPage(port.sender)) panels.joinPanel(port);
    if (port.name === PAGE_PORT) panels.joinPage(port);
  });
  browser.runtime.onMessage.addListener((message: unknown, sender: Runtime.MessageSender) => {
    if (isReplicaMessage(message) && isOwnPage(sender)) return opening.then((it) => answerReplica(it, message));
    if (isPageMoving(message)) return letMove(sender);
    if (isPageReading(message)) return letRead(sender);
    if (isPagePlaced(message)) return keepPlaced(sender, message);
    if (!isPageHello(message)) return undefined;
    return starting.then((core) => welcomePage(sender, { countUnread: () => core.countUnread(), panels, say }));
  });
  serveBackgroundCalls((sender) => starting.then((core) => core.callsFor(sender)));

  browser.action.onClicked.addListener((tab) => void pressToolbar(tab).then(() => panels.follow()));
  browser.contextMenus.onClicked.addListener((click, tab) => void chooseItem(panels, click, tab));
  browser.notifications.onClicked.addListener((id) => {
    void browser.notifications.clear(id);
    void starting.then((core) => core.openThread(groupOfNotice(id)));
  });
  browser.tabs.onRemoved.addListener((tabId) => panels.forgetTab(tabId));
  browser.tabs.onActivated.addListener(() => void panels.follow());
  browser.tabs.onUpdated.addListener((_, { status }) => {
    if (status === "complete") void panels.follow();
  });
  browser.windows.onFocusChanged.addListener(() => void panels.follow());
  browser.alarms.onAlarm.addListener(() => void starting.then((core) => core.refresh()));
  const settle = async (openTabs: boolean) => {
    await Promise.all([registerSites({ openTabs }), drawMenus()]);
    await Promise.all([checkPages(), panels.follow()]);
  };
  browser.runtime.onInstalled.addListener(({ reason }) => {
    void settle(reason === "install");
    if (reason === "update") void forgetOldReports();
    if (reason === "install" && import.meta.env.WXT_SIGN_IN_AT_INSTALL === "1") void starting.then((it) => it.signIn());
  });
  browser.runtime.onStartup.addListener(() => void settle(false));
  browser.permissions.onAdded.addListener(() => void settle(true));
  browser.permissions.onRemoved.addListener(() => void disableUnreachable().then(() => settle(false)));
  onRecipesChanged(() => void checkPages());
  onSettingsChanged(() => void settle(true).then(() => starting.then((core) => core.refresh())));

  void keepAlarm();
  void starting.then((core) => core.showUnread());
});

function say(key: string, value?: string): string {
  return browser.i18n.getMessage(key, value);
}

/** An alarm that exists keeps its rhythm: made anew at every start, it might never ring. */
async function keepAlarm(): Promise<void> {
  if ((await browser.alarms.get(ALARM)) === undefined) {
    await browser.alarms.create(ALARM, { periodInMinutes: ALARM_MINUTES });
  }
}

/** One of our entries in the browser's context menus was chosen. */
async function chooseItem(panels: Panels, click: Menus.OnClickData, tab: Tabs.Tab | undefined): Promise<void> {
  if (tab?.id === undefined) return;
  // Before anything is awaited: browsers open it for a click alone.
  if (click.menuItemId === SIDE_PANEL_ITEM) await openSidePanel(tab.id);
  if (!TEXT_NUMBER_ITEMS.some((id) => id === click.menuItemId) || !(await isOnSite(click.pageUrl))) return;
  const account = await accountAt(click.pageUrl);
  await openInTab(panels, tab.id, tab.windowId, { kind: "text_number", text: numberIn(click), account });
}
