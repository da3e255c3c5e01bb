import { allow, refuse, type Result } from "@partyline/domain/result";
import { discover, requestTokens } from "./authorization-server.ts";
import type { CallRefusal } from "./command.ts";
import type { Tokens, TokenVault } from "./token-vault.ts";

/** Runs one piece of work at a time among all who name the same lock, in whatever context they run. */
export type Exclusively = <Value>(name: string, work: () => Promise<Value>) => Promise<Value>;

/** Renewed this long before it runs out, so that a request under way does not see it happen. */
const EARLY_MS = 20_000;

export interface TokenKeeper {
  accessToken(): Promise<Result<string, CallRefusal>>;
  /** A token other than this one, which was found too old. */
  renewToken(stale: string): Promise<Result<string, CallRefusal>>;
}

/**
 * Hands out the access token, and renews it. The backend takes a refresh token once and ends the sign-in when one comes
 * back, so there is one renewal at a time, and what it yields is stored before anybody uses it.
 */
export function createTokenKeeper(vault: TokenVault, now: () => number, exclusively: Exclusively): TokenKeeper {
  async function renewToken(stale: string): Promise<Result<string, CallRefusal>> {
    return exclusively("partyline-renew-token", async () => {
      const kept = await vault.read();
      if (kept === null) return refuse({ reason: "signed_out" });
      if (kept.accessToken !== stale) return allow(kept.accessToken);
      const renewed = await renew(kept, now());
      if (renewed.ok) {
        await vault.store(renewed.value);
        return allow(renewed.value.accessToken);
      }
      if (renewed.refusal.reason === "signed_out") await vault.clear();
      return renewed;
    });
  }

  return {
    renewToken,
    async accessToken() {
      const kept = await vault.read();
      if (kept === null) return refuse({ reason: "signed_out" });
      return kept.expiresAt - EARLY_MS > now() ? allow(kept.accessToken) : renewToken(kept.accessToken);
    },
  };
}

async function renew(kept: Tokens, now: number): Promise<Result<Tokens, CallRefusal>> {
  const discovery = await discover(kept.backend);
  if (!discovery.ok) return discovery;
  const grant = { grant_type: "refresh_token", refresh_token: kept.refreshToken } as const;
  return requestTokens(kept.backend, discovery.value, grant, now);
}
