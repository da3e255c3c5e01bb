import { createModel, signal } from "@preact/signals";
import type { Session } from "@partyline/contract/session";
import type { BackgroundCalls } from "../background-calls.ts";
import type { CallRefusal } from "../command.ts";
import type { ReplicaChange } from "../replica.ts";
import type { Settings } from "../settings.ts";
import type { Stream } from "../stream.ts";
import { liveQuery } from "./live-query.ts";

/** What the options page touches of the world. */
export interface OptionsGateway {
  calls: Pick<BackgroundCalls, "sign_in" | "sign_out" | "set_backend">;
  changes: Stream<ReplicaChange>;
  readSession: () => Promise<Session | undefined>;
  readSettings: () => Promise<Settings>;
  onSettingsChanged: (listener: (settings: Settings) => void) => void;
  /** These three ask the browser's leave, so a click must lead straight to them. */
  allowBackend: (url: string) => Promise<boolean>;
  enableSite: (url: string) => Promise<boolean>;
  disableSite: (origin: string) => Promise<void>;
}

export type BackendCheck =
  | { state: "idle" }
  | { state: "checking" }
  | { state: "bad_address" }
  | { state: "saved" }
  | { state: "refused"; refusal: CallRefusal };

type SiteRefusal = "bad_address" | "not_allowed";

/** Which backend, who is signed in, and on which CRM sites the handle shows. */
export const OptionsModel = createModel((gateway: OptionsGateway) => {
  const settings = signal<Settings | null>(null);
  const session = liveQuery(gateway, gateway.readSession, (change) => change.store === "facts");
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
    ...backendCheck(gateway),
    ...signing(gateway),
    ...siteChoice(gateway),
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
      await gateway.allowBackend(url);
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
      const allowed = url !== null && (await gateway.enableSite(url));
      siteRefusal.value = url === null ? "bad_address" : allowed ? null : "not_allowed";
      return allowed;
    },
    removeSite: (origin: string) => gateway.disableSite(origin),
  };
}

/** What a person means by an address: "text.example.com" too. Null where it is none. */
function webAddress(typed: string): string | null {
  const text = typed.trim();
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  return URL.canParse(url) && /^https?:\/\/[^/\s]+/i.test(url) ? url : null;
}
