import { BusinessNumbers } from "@partyline/contract/number";
import { Session } from "@partyline/contract/session";
import { allow, refuse } from "@partyline/domain/result";
import type { ApiClient } from "./api-client.ts";
import { discover, revokeTokens } from "./authorization-server.ts";
import type { BackgroundCalls } from "./background-calls.ts";
import { readFact, type Replica, type ReplicaChange } from "./replica.ts";
import { readSettings, writeSettings } from "./settings.ts";
import { signInAt, type SignInWindow } from "./sign-in.ts";
import { mayReach } from "./sites.ts";
import type { TokenVault } from "./token-vault.ts";

export interface AccountParts {
  replica: Replica;
  api: ApiClient;
  vault: TokenVault;
  window: SignInWindow;
  announce: (change: ReplicaChange) => void;
  now: () => number;
  /** The session changed: whatever goes on in the name of the old one must end. */
  onChanged: () => void;
}

type Account = Pick<BackgroundCalls, "sign_in" | "sign_out" | "set_backend">;

/** Who uses the extension, and with which backend. */
export function createAccount(parts: AccountParts): Account {
  const { replica, api, vault, announce } = parts;

  /** The user leaves: so does everything of theirs, what was not sent included. */
  async function leave(): Promise<void> {
    const tokens = await vault.read();
    await vault.clear();
    parts.onChanged();
    await clearReplica(replica);
    announce({ store: "everything" });
    if (tokens !== null) await revokeTokens(tokens);
  }

  return {
    async sign_in() {
      const { backend } = await readSettings();
      if (backend === null) return refuse({ reason: "signed_out" });
      if (!(await mayReach(backend))) return refuse({ reason: "no_permission", origin: backend });
      const tokens = await signInAt(backend, parts.window, parts.now);
      if (!tokens.ok) return tokens;
      await vault.store(tokens.value);
      const session = await api.get("/v1/session", Session);
      const numbers = await api.get("/v1/numbers", BusinessNumbers);
      if (!session.ok) return session;
      if (!numbers.ok) return numbers;
      if (!(await isSamePerson(replica, session.value))) await clearReplica(replica);
      await replica.put("facts", { name: "session", value: session.value });
      await replica.put("facts", { name: "numbers", value: numbers.value.numbers });
      announce({ store: "everything" });
      parts.onChanged();
      return session;
    },

    async sign_out() {
      await leave();
      return allow(null);
    },

    async set_backend(url) {
      if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
        return refuse({ reason: "not_a_backend", backend: url });
      }
      const { origin } = new URL(url);
      if (!(await mayReach(origin))) return refuse({ reason: "no_permission", origin });
      const discovery = await discover(origin);
      if (!discovery.ok) return discovery;
      if ((await readSettings()).backend === origin) return allow(null);
      await leave();
      await writeSettings({ backend: origin });
      return allow(null);
    },
  };
}

/** A sign-in that ran out and came back goes on where it was; another person starts with nothing. */
async function isSamePerson(replica: Replica, session: Session): Promise<boolean> {
  const before = await readFact(replica, "session");
  return before?.user.id === session.user.id && before.workspace.id === session.workspace.id;
}

async function clearReplica(replica: Replica): Promise<void> {
  const transaction = replica.transaction([...replica.objectStoreNames], "readwrite");
  await Promise.all([...replica.objectStoreNames].map((store) => transaction.objectStore(store).clear()));
  await transaction.done;
}
