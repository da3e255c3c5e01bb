import { computed, createModel, effect, signal } from "@preact/signals";
import type { DirectoryState } from "@partyline/contract/directory";
import type { Session } from "@partyline/contract/session";
import type { Result } from "@partyline/domain/result";
import type { BackgroundCalls } from "../background-calls.ts";
import type { CallRefusal } from "../command.ts";
import type { ReplicaChange } from "../replica.ts";
import type { Stream } from "../stream.ts";
import { liveQuery } from "./live-query.ts";

export interface DirectoryGateway {
  calls: Pick<BackgroundCalls, "read_directory" | "connect_directory" | "put_directory_token" | "disconnect_directory">;
  changes: Stream<ReplicaChange>;
  readSession: () => Promise<Session | undefined>;
  /** In a tab of its own. */
  openPage: (url: string) => void;
  /** The page has the user's eyes again, such as after they said yes in another tab. */
  onReturn: (listener: () => void) => void;
}

/** Where contacts come from, and connecting it: for admins. */
export const DirectoryModel = createModel((gateway: DirectoryGateway) => {
  const session = liveQuery(gateway, gateway.readSession, (change) => change.store === "facts").value;
  const isAdmin = computed(() => session.value?.user.role === "admin");
  const state = signal<DirectoryState | null>(null);
  const refusal = signal<CallRefusal | null>(null);
  const busy = signal(false);

  const ask = async <Value>(question: Promise<Result<Value, CallRefusal>>): Promise<Value | null> => {
    busy.value = true;
    const answer = await question;
    busy.value = false;
    refusal.value = answer.ok ? null : answer.refusal;
    return answer.ok ? answer.value : null;
  };
  const read = async () => {
    const answer = await gateway.calls.read_directory();
    if (answer.ok) state.value = answer.value;
    else refusal.value = answer.refusal;
  };
  // The session is written anew whenever the connection came, went or broke.
  effect(() => {
    if (session.value?.user.role === "admin") void read();
  });
  gateway.onReturn(() => {
    if (isAdmin.peek()) void read();
  });
  return {
    isAdmin,
    /** Null until read. */
    state,
    refusal,
    busy,
    /** Sends the admin to the CRM's own page, to say yes there. */
    async authorize() {
      const begun = await ask(gateway.calls.connect_directory());
      if (begun !== null) gateway.openPage(begun.authorizeUrl);
    },
    /** Answers whether the token was taken. */
    async putToken(token: string): Promise<boolean> {
      const now = await ask(gateway.calls.put_directory_token(token.trim()));
      if (now !== null) state.value = now;
      return now !== null;
    },
    async disconnect() {
      await ask(gateway.calls.disconnect_directory());
      await read();
    },
  };
});
export type DirectoryModel = InstanceType<typeof DirectoryModel>;
