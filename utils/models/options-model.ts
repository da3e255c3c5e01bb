import { computed, createModel, signal } from "@preact/signals";
import type { Session } from "@partyline/contract/session";
import type { BackgroundCalls } from "../background-calls.ts";
import type { CallRefusal } from "../command.ts";
import type { ReplicaChange } from "../replica.ts";
import type { Settings } from "../settings.ts";
import type { Leave } from "../sites.ts";
import type { Stream } from "../stream.ts";
import { liveQuery } from "./live-query.ts";

/** What the options page touches of the world. */
export interface OptionsGateway {
  calls: Pick<BackgroundCalls, "sign_in" | "sign_out" | "set_backend">;
  changes: Stream<ReplicaChange>;
  readSession: () => Promise<Session | undefined>;
  /** How many commands wait in the outbox. */
  countUnsent: () => Promise<number>;
  readSettings: () => Promise<Settings>;
  onSettingsChanged: (listener: (settings: Settings) => void) => void;
  reach: ReachGateway;
  /** These three ask the browser's leave, so a click must lead straight to them. */
  allowBackend: (url: string) => Promise<Leave>;
  enableSite: (url: string) => Promise<Leave>;
  disableSite: (origin: string) => Promise<void>;
}

/** By what the panel is reached. */
interface ReachGateway {
  hiddenHandles: () => Promise<string[]>;
  showHandle: (site: string) => Promise<void>;
  onPresenceChanged: (listener: () => void) => void;
  /** Null where no keys are set. */
  readShortcut: () => Promise<string | null>;
  /** Goes to the browser's own page for it. */
  changeShortcut: () => Promise<void>;
}

export type BackendCheck =
  | { state: "idle" }
  | { state: "checking" }
  | { state: "bad_address" }
  | { state: "unsafe_address" }
  | { state: "saved" }
  | { state: "refused"; refusal: CallRefusal };

type SiteRefusal = "bad_address" | Exclude<Leave, "granted">;

/** Which backend, who is signed in, and on which CRM sites the handle shows. */
export const OptionsModel = createModel((gateway: OptionsGateway) => {
  const settings = signal<Settings | null>(null);
  const session = liveQuery(gateway, gateway.readSession, (change) => change.store === "facts");
  const unsent = liveQuery(gateway, gateway.countUnsent, (change) => change.store === "outbox");
  const read = async () => {
    settings.value = await gateway.readSettings();
  };
  void read();
  gateway.onSettingsChanged((next) => {
    settings.value = next;
  });
  return {
    /** Null until read. */
    settings,
    /** Null until read; undefined when nobody is signed in. */
    session: session.value,
    unsent: computed(() => unsent.value.value ?? 0),
    /** Whether what waits would be lost with this backend: it belongs to the user of the one before. */
    dropsUnsent(typed: string): boolean {
      const url = webAddress(typed);
      const isOther = url !== null && new URL(url).origin !== settings.value?.backend;
      return isOther && (unsent.value.value ?? 0) > 0;
    },
    ...backendCheck(gateway),
    ...signing(gateway),
    ...siteChoice(gateway),
    ...reaching(gateway.reach),
  };
});
export type OptionsModel = InstanceType<typeof OptionsModel>;

function backendCheck(gateway: OptionsGateway) {
  const check = signal<BackendCheck>({ state: "idle" });
  return {
    check,
    async setBackend(typed: string) {
      const url = webAddress(typed);
      if (url === null) {
        check.value = { state: "bad_address" };
        return;
      }
      check.value = { state: "checking" };
      // Nothing awaited before this: the browser asks only while the click lasts.
      if ((await gateway.allowBackend(url)) === "unsafe_address") {
        check.value = { state: "unsafe_address" };
        return;
      }
      const answer = await gateway.calls.set_backend(url);
      check.value = answer.ok ? { state: "saved" } : { state: "refused", refusal: answer.refusal };
    },
  };
}

function signing(gateway: OptionsGateway) {
  const signingIn = signal(false);
  const signInRefusal = signal<CallRefusal | null>(null);
  return {
    signingIn,
    signInRefusal,
    async signIn() {
      signingIn.value = true;
      const answer = await gateway.calls.sign_in();
      signingIn.value = false;
      signInRefusal.value = answer.ok ? null : answer.refusal;
    },
    async signOut() {
      await gateway.calls.sign_out();
    },
  };
}

function siteChoice(gateway: OptionsGateway) {
  const siteRefusal = signal<SiteRefusal | null>(null);
  return {
    siteRefusal,
    /** Answers whether the site was added. */
    async addSite(typed: string): Promise<boolean> {
      const url = webAddress(typed);
      const answer = url === null ? "bad_address" : await gateway.enableSite(url);
      siteRefusal.value = answer === "granted" ? null : answer;
      return answer === "granted";
    },
    removeSite: (origin: string) => gateway.disableSite(origin),
  };
}

function reaching({ hiddenHandles, showHandle, onPresenceChanged, readShortcut, changeShortcut }: ReachGateway) {
  const hidden = signal<readonly string[]>([]);
  const shortcut = signal<string | null | undefined>(undefined);
  const look = async () => {
    hidden.value = await hiddenHandles();
  };
  void look();
  onPresenceChanged(() => void look());
  const readKeys = async () => {
    shortcut.value = await readShortcut();
  };
  void readKeys();
  return {
    /** Sites where the user hid the handle. */
    hidden,
    showHandle,
    /** Undefined until read. */
    shortcut,
    changeShortcut,
  };
}

/** What a person means by an address: "text.example.com" too. Null where it is none. */
function webAddress(typed: string): string | null {
  const text = typed.trim();
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  // Some browsers make a host out of blanks, and `*` would ask for every site there is.
  return URL.canParse(url) && /^https?:\/\/[^/\s*]+(\/\S*)?$/i.test(url) ? url : null;
}
