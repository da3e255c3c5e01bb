import { openDB, type DBSchema } from "idb";

export interface Tokens {
  /** The backend they are for: tokens of one are never shown to another. */
  backend: string;
  accessToken: string;
  refreshToken: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

export interface TokenVault {
  read(): Promise<Tokens | null>;
  store(tokens: Tokens): Promise<void>;
  clear(): Promise<void>;
}

interface VaultSchema extends DBSchema {
  tokens: { key: "current"; value: Tokens };
}

/**
 * Where tokens live: IndexedDB of the extension's own origin, which no content script can read in any browser
 * (`storage.local` can be closed to them in Chromium only).
 */
export function openTokenVault(name = "partyline-vault"): TokenVault {
  const opening = openDB<VaultSchema>(name, 1, { upgrade: (vault) => void vault.createObjectStore("tokens") });
  return {
    read: async () => (await (await opening).get("tokens", "current")) ?? null,
    async store(tokens) {
      await (await opening).put("tokens", tokens, "current");
    },
    async clear() {
      await (await opening).delete("tokens", "current");
    },
  };
}
