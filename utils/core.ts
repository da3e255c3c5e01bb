import { v7 as newId } from "uuid";
import { createAccount } from "./account.ts";
import { createApiClient, type ApiClient } from "./api-client.ts";
import type { PanelEvent } from "./background-calls.ts";
import { browser, type Runtime } from "./browser.ts";
import { ConnectionKeeper } from "./connection.ts";
import { tellUnread } from "./crm-tabs.ts";
import { createDirectoryCalls } from "./directory-calls.ts";
import { createLookups } from "./lookups.ts";
import type { ServedCalls } from "./messaging.ts";
import { clearRead, notifyNews, type NotifierParts } from "./notifications.ts";
import { createOutbox, type Outbox } from "./outbox.ts";
import type { Panels } from "./panels.ts";
import { RecipeKeeper } from "./recipe-keeper.ts";
import { openRecord } from "./record-opening.ts";
import { announceChange } from "./replica-changes.ts";
import { readFact, type Replica, type ReplicaChange } from "./replica.ts";
import { reportPage } from "./page-reports.ts";
import { presenceCallsFor } from "./presence-calls.ts";
import { readSettings } from "./settings.ts";
import { SIGN_IN_WINDOW } from "./sign-in-window.ts";
import { mayReach } from "./sites.ts";
import { syncOnce, type Round } from "./sync.ts";
import { openThread, takeOpening } from "./thread-opening.ts";
import { createTokenKeeper } from "./tokens.ts";
import type { TokenVault } from "./token-vault.ts";
import { countUnread, drawBadge } from "./unread.ts";

/** The calls that are the same whoever makes them. */
type SharedCalls = Omit<ServedCalls, "open_record" | "report_page" | keyof ReturnType<typeof presenceCallsFor>>;

/** The background's parts, put together. None of them keeps a truth that the next worker could not read again. */
export class Core {
  readonly #replica: Replica;
  readonly #panels: Panels;
  readonly #api: ApiClient;
  readonly #outbox: Outbox;
  readonly #connection: ConnectionKeeper;
  readonly #recipes: RecipeKeeper;
  readonly #notifier: NotifierParts;
  readonly #calls: SharedCalls;

  constructor(replica: Replica, vault: TokenVault, panels: Panels) {
    this.#replica = replica;
    this.#panels = panels;
    const tokens = createTokenKeeper(vault, now, (name, work) => navigator.locks.request(name, work));
    this.#api = createApiClient({ ...tokens, backend: async () => (await readSettings()).backend, mayReach });
    this.#recipes = new RecipeKeeper({ api: this.#api, now, newId });
    this.#notifier = notifierOf(replica, panels);
    this.#outbox = this.#createOutbox();
    this.#connection = this.#createConnection();
    this.#calls = this.#createCalls(vault);
  }

  callsFor(sender: Runtime.MessageSender): ServedCalls {
    return {
      ...this.#calls,
      ...presenceCallsFor(sender),
      open_record: (url, groupId) => openRecord(sender, url, groupId),
      report_page: () => reportPage(sender, now),
    };
  }

  /** A panel joined: it hears how things stand and what it was opened for. */
  async greetPanel(tabId: number | null, say: (event: PanelEvent) => void): Promise<void> {
    say({ kind: "connection", connection: this.#connection.state });
    void this.#connection.stayOn();
    const wish = tabId === null ? null : await takeOpening(tabId);
    if (wish !== null) say(wish);
  }

  /** A round now, whatever else goes on; then polls for as long as a panel is open. */
  async refresh(): Promise<void> {
    if (await this.#connection.catchUp()) void this.#recipes.refreshIfDue();
    void this.#connection.stayOn();
    await this.#outbox.drain();
  }

  async signIn(): Promise<void> {
    await this.#calls.sign_in();
  }

  async showUnread(): Promise<void> {
    const count = await this.countUnread();
    await Promise.all([drawBadge(count), tellUnread(count)]);
  }

  countUnread(): Promise<number> {
    return countUnread(this.#replica);
  }

  async openThread(groupId: string | null): Promise<void> {
    const session = await readFact(this.#replica, "session");
    await openThread(this.#panels, groupId, session?.crmAccount ?? null);
  }

  #announce = (change: ReplicaChange): void => {
    announceChange(change);
    if (change.store === "groups" || change.store === "everything") void this.showUnread();
  };

  /** A write may be the first to hear that the sign-in has ended; a poll under way would only hear it at its end. */
  #write: ApiClient["write"] = async (request, schema) => {
    const answer = await this.#api.write(request, schema);
    if (!answer.ok && answer.refusal.reason === "signed_out") {
      this.#connection.stop();
      void this.#connection.stayOn();
    }
    return answer;
  };

  #createOutbox(): Outbox {
    return createOutbox({
      replica: this.#replica,
      api: { ...this.#api, write: this.#write },
      announce: this.#announce,
      now,
      random: () => Math.random(),
      // While the worker lives; after its death the next alarm drains.
      wakeAt: (time) => void setTimeout(() => void this.#outbox.drain(), Math.max(0, time - now())),
      openGroup: (groupId) => this.#panels.say({ kind: "open_group", groupId }),
    });
  }

  #createConnection(): ConnectionKeeper {
    const parts = { replica: this.#replica, api: this.#api, announce: this.#announce };
    return new ConnectionKeeper({
      sync: (wait, signal) => syncOnce(parts, wait, signal),
      isWanted: () => this.#panels.isAnyOpen,
      onRound: (round) => this.#tellNews(round),
      onState: (connection) => {
        this.#panels.say({ kind: "connection", connection });
        if (connection.state === "connected") void this.#outbox.drain();
      },
      pause,
    });
  }

  async #tellNews({ groupIds, contactIds, recipes }: Round): Promise<void> {
    if (recipes) void this.#recipes.changed();
    if (contactIds.length > 0) this.#panels.say({ kind: "contacts_changed", ids: contactIds });
    await clearRead(this.#notifier, groupIds);
    await notifyNews(this.#notifier);
  }

  #createCalls(vault: TokenVault): SharedCalls {
    const parts = { replica: this.#replica, api: this.#api, announce: this.#announce };
    const onChanged = () => {
      this.#connection.stop();
      void this.#recipes.leaveWorkspace();
      void this.refresh();
    };
    return {
      ...createAccount({ ...parts, vault, window: SIGN_IN_WINDOW, now, onChanged }),
      ...createLookups({ ...parts, newId }),
      ...createDirectoryCalls({ api: this.#api, newId }),
      ...this.#recipes.calls(),
      enqueue: (command) => this.#outbox.enqueue(command),
      retry_command: (id) => this.#outbox.retry(id),
      drop_command: (id) => this.#outbox.drop(id),
      sync_now: () => this.refresh(),
    };
  }
}

function now(): number {
  return Date.now();
}

function notifierOf(replica: Replica, panels: Panels): NotifierParts {
  const iconUrl = browser.runtime.getURL("icon/128.png");
  return {
    replica,
    isWatched: (groupId) => panels.isWatched(groupId),
    show: ({ id, ...words }) => browser.notifications.create(id, { type: "basic", iconUrl, ...words }),
    clear: (id) => browser.notifications.clear(id),
    say: (key, values) => browser.i18n.getMessage(key, values),
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
