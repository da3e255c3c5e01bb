import { createModel, signal } from "@preact/signals";
import type { Connection } from "../background-calls.ts";
import type { CallRefusal } from "../command.ts";
import type { Gateway } from "./gateway.ts";

/** The way to the backend: whether it is open, and signing in and out. */
export const SignInModel = createModel((gateway: Pick<Gateway, "calls">) => {
  const connection = signal<Connection>({ state: "connecting" });
  const busy = signal(false);
  const refusal = signal<CallRefusal | null>(null);
  return {
    connection,
    busy,
    /** Why the last attempt to sign in failed. */
    refusal,
    hear(next: Connection) {
      connection.value = next;
    },
    async signIn() {
      busy.value = true;
      const answer = await gateway.calls.sign_in();
      busy.value = false;
      refusal.value = answer.ok ? null : answer.refusal;
    },
    async signOut() {
      await gateway.calls.sign_out();
    },
  };
});
export type SignInModel = InstanceType<typeof SignInModel>;
