import { v7 as newId } from "uuid";
import { createAccount } from "./account.ts";
import { createApiClient } from "./api-client.ts";
import type { BackgroundCalls, PanelEvent } from "./background-calls.ts";
import { browser, type Runtime } from "./browser.ts";
import { ConnectionKeeper } from "./connection.ts";
import { tellUnread } from "./crm-tabs.ts";
import { createLookups } from "./lookups.ts";
import { clearRead, notifyNews, type NotifierParts } from "./notifications.ts";
import { createOutbox } from "./outbox.ts";
import type { Panels } from "./panels.ts";
import { announceChange } from "./replica-changes.ts";
import type { Replica, ReplicaChange } from "./replica.ts";
import { readSettings } from "./settings.ts";
import { mayReach } from "./sites.ts";
import { syncOnce } from "./sync.ts";
import { isOpeningIn, openThread, takeOpening } from "./thread-opening.ts";
import { createTokenKeeper } from "./tokens.ts";
import type { TokenVault } from "./token-vault.ts";
import { countUnread, drawBadge } from "./unread.ts";

export type Core = ReturnType<typeof createCore>;

/** The background's parts, put together. None of them keeps a truth that the next worker could not read again. */
export function createCore(replica: Replica, vault: TokenVault, panels: Panels) {
  const now = () => Date.now();
  const tokens = createTokenKeeper(vault, now, (name, work) => navigator.locks.request(name, work));
  const api = createApiClient({ ...tokens, backend: async () => (await readSettings()).backend, mayReach });
  const notifier = createNotifier(replica, panels);

  function announce(change: ReplicaChange): void {
    announceChange(change);
    if (change.store === "groups" || change.store === "everything") void showUnread();
  }

  async function showUnread(): Promise<void> {
    const count = await countUnread(replica);
    await Promise.all([drawBadge(count), tellUnread(count)]);
  }

  const outbox = createOutbox({
    replica,
    api,
    announce,
    now,
    random: () => Math.random(),
    // While the worker lives; after its death the next alarm drains.
    wakeAt: (time) => void setTimeout(() => void outbox.drain(), Math.max(0, time - now())),
    openGroup: (groupId) => panels.say({ kind: "open_group", groupId }),
  });

  const connection = new ConnectionKeeper({
    sync: (wait, signal) => syncOnce({ replica, api, announce }, wait, signal),
    isWanted: () => panels.isAnyOpen,
    async onRound({ groupIds, contactIds }) {
      if (contactIds.length > 0) panels.say({ kind: "contacts_changed", ids: contactIds });
      await clearRead(notifier, groupIds);
      await notifyNews(notifier);
    },
    onState(state) {
      panels.say({ kind: "connection", connection: state });
      if (state.state === "connected") void outbox.drain();
    },
    pause,
  });

  const account = createAccount({
    replica,
    api,
    vault,
    window: SIGN_IN_WINDOW,
    announce,
    now,
    onChanged(isSignedIn) {
      connection.stop();
      void refresh();
      if (isSignedIn) void outbox.drain();
    },
  });

  /** A round now, whatever else goes on; then polls for as long as a panel is open. */
  async function refresh(): Promise<void> {
    await connection.catchUp();
    void connection.stayOn();
    await outbox.drain();
  }

  const callsFor = (sender: Runtime.MessageSender): BackgroundCalls => ({
    ...account,
    ...createLookups({ replica, api, announce, newId }),
    enqueue: (command) => outbox.enqueue(command),
    retry_command: (id) => outbox.retry(id),
    drop_command: (id) => outbox.drop(id),
    sync_now: refresh,
    async watching(groupId) {
      panels.watch(sender, groupId);
    },
  });

  return {
    callsFor,
    /** A panel joined: it hears how things stand and what it was opened for. */
    async greetPanel(tabId: number | null, say: (event: PanelEvent) => void): Promise<void> {
      say({ kind: "connection", connection: connection.state });
      void connection.stayOn();
      const groupId = tabId === null ? null : await takeOpening(tabId);
      if (groupId !== null) say({ kind: "open_group", groupId });
    },
    refresh,
    showUnread,
    isOpeningIn,
    openThread: (groupId: string | null) => openThread(panels, groupId),
    countUnread: () => countUnread(replica),
  };
}

function createNotifier(replica: Replica, panels: Panels): NotifierParts {
  return {
    replica,
    isWatched: (groupId) => panels.isWatched(groupId),
    show: ({ id, title, message }) =>
      browser.notifications.create(id, {
        type: "basic",
        iconUrl: browser.runtime.getURL("icon/128.png"),
        title,
        message,
      }),
    clear: (id) => browser.notifications.clear(id),
    say: (key, values) => browser.i18n.getMessage(key, values),
  };
}

const SIGN_IN_WINDOW = {
  get redirectUrl() {
    return browser.identity.getRedirectURL();
  },
  async open(url: string) {
    try {
      return await browser.identity.launchWebAuthFlow({ url, interactive: true });
    } catch {
      // The user closed the window, or the page could not be shown: browsers tell the two apart by words only.
      return null;
    }
  },
};

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
