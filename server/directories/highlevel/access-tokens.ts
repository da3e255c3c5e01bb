import { setTimeout as sleepFor } from "node:timers/promises";
import {
  breakConnection,
  endRefresh,
  findConnection,
  holdConnection,
  takeRefresh,
  type ConnectionRow,
} from "../../store/directory-connections.ts";
import type { DatabasePool } from "../../store/pool.ts";
import { inWorkspace, type Trx } from "../../store/tenant.ts";
import { DirectoryNotConnectedError, DirectoryUnavailableError } from "../directory.ts";
import { SealBrokenError, type Seal } from "../seal.ts";
import { AppRefusedError, GrantRefusedError, redeemRefreshToken, type OAuthConfig, type TokenPair } from "./oauth.ts";

export interface TokensConfig {
  database: DatabasePool;
  seal: Seal;
  /** Null where no app is configured: then only private tokens work. */
  oauth: OAuthConfig | null;
  now: () => Date;
  newId: () => string;
  /** Called in the transaction that finds the connection broken, or the app refused or taken again. */
  onBroken: (trx: Trx, workspaceId: string) => Promise<void>;
}

export interface AccessTokens {
  /** One to call with. `refused` names one the CRM has just refused, so that it is not given again. */
  current: (workspaceId: string, refused?: string) => Promise<string>;
  /** The CRM refuses even a new token; another one that was stored since is left alone. */
  markBroken: (workspaceId: string, refused: string) => Promise<void>;
}

/** Renewed this long before it ends, so that no call goes out with one that ends on the way. */
const MARGIN_MS = 5 * 60 * 1000;
/** Longer than a call for tokens may take: nobody else tries while one may be under way. */
const LEASE_MS = 60_000;
const LOOK_AGAIN_MS = 100;
const REFRESH_ATTEMPTS = 3;

export function createAccessTokens(config: TokensConfig): AccessTokens {
  const renewing = new Map<string, Promise<string>>();

  async function renewOnce(workspaceId: string, refused: string | undefined): Promise<string> {
    const under = renewing.get(workspaceId);
    if (under !== undefined) return under;
    const renewal = renew(config, workspaceId, refused).finally(() => renewing.delete(workspaceId));
    renewing.set(workspaceId, renewal);
    return renewal;
  }

  return {
    async current(workspaceId, refused) {
      const connection = await inWorkspace(config.database, workspaceId, (trx) => findConnection(trx, workspaceId));
      const token = usable(config, workspaceId, connected(connection), refused);
      return token ?? renewOnce(workspaceId, refused);
    },
    async markBroken(workspaceId, refused) {
      await inWorkspace(config.database, workspaceId, async (trx) => {
        // Under the row's lock: somebody may be storing a new pair at this moment.
        const connection = await holdConnection(trx, workspaceId);
        if (connection === undefined || isAnother(config, workspaceId, connection, refused)) return;
        if (await breakConnection(trx, workspaceId, connection.connectedAt)) await config.onBroken(trx, workspaceId);
      });
    },
  };
}

/** One that cannot be opened is no other one that works. */
function isAnother(config: TokensConfig, workspaceId: string, connection: ConnectionRow, refused: string): boolean {
  return open(config, connection.accessToken, accessPlace(workspaceId)) !== refused;
}

function connected(connection: ConnectionRow | undefined): ConnectionRow {
  if (connection === undefined) {
    throw new DirectoryNotConnectedError("The workspace is not connected to its CRM. An admin connects it.");
  }
  if (connection.state === "broken") {
    throw new DirectoryNotConnectedError("The CRM no longer accepts this connection. An admin connects it again.");
  }
  return connection;
}

/** The stored token, while it is good for another call; a private token always is. */
function usable(
  config: TokensConfig,
  workspaceId: string,
  connection: ConnectionRow,
  refused: string | undefined,
): string | null {
  const token = open(config, connection.accessToken, accessPlace(workspaceId));
  if (connection.accessExpiresAt === null) return token;
  const lasts = connection.accessExpiresAt.getTime() - MARGIN_MS > config.now().getTime();
  return lasts && token !== refused ? token : null;
}

/**
 * Gets a new pair, with nobody else doing so in any replica: a refresh token works once, and who comes second with it
 * would end the connection. No transaction is open during the call; a lease in the row stands for the lock.
 */
async function renew(config: TokensConfig, workspaceId: string, refused: string | undefined): Promise<string> {
  const deadline = Date.now() + LEASE_MS;
  for (;;) {
    const turn = await takeTurn(config, workspaceId, refused);
    if (turn.kind === "renewed") return turn.token;
    if (turn.kind === "mine") return exchange(config, workspaceId, turn);
    if (Date.now() > deadline) {
      throw new DirectoryUnavailableError("Another replica is getting access to the CRM and does not come back.");
    }
    await sleepFor(LOOK_AGAIN_MS);
  }
}

type Turn = { kind: "renewed"; token: string } | { kind: "wait" } | { kind: "mine"; by: string; refreshToken: string };

function takeTurn(config: TokensConfig, workspaceId: string, refused: string | undefined): Promise<Turn> {
  const { database, now, newId } = config;
  return inWorkspace(database, workspaceId, async (trx): Promise<Turn> => {
    const connection = connected(await holdConnection(trx, workspaceId));
    const token = usable(config, workspaceId, connection, refused);
    if (token !== null) return { kind: "renewed", token };
    if (connection.refreshingUntil !== null && connection.refreshingUntil > now()) return { kind: "wait" };
    const refreshToken = open(config, connection.refreshToken ?? "", refreshPlace(workspaceId));
    const by = newId();
    await takeRefresh(trx, workspaceId, by, new Date(now().getTime() + LEASE_MS));
    return { kind: "mine", by, refreshToken };
  });
}

/** The new pair is stored before anybody uses it: whatever happens then, the next one to look finds it. */
async function exchange(
  config: TokensConfig,
  workspaceId: string,
  { by, refreshToken }: { by: string; refreshToken: string },
): Promise<string> {
  try {
    const pair = await askRepeatedly(config, refreshToken);
    await end(config, workspaceId, { by, pair, error: null });
    return pair.accessToken;
  } catch (error) {
    await end(config, workspaceId, { by, pair: null, error });
    if (!(error instanceof GrantRefusedError)) throw error;
    throw new DirectoryNotConnectedError("The CRM no longer accepts this connection. An admin connects it again.", {
      cause: error,
    });
  }
}

/** Ends the turn with what came of it; admins hear of it when it is news to them. */
function end(
  config: TokensConfig,
  workspaceId: string,
  { by, pair, error }: { by: string; pair: TokenPair | null; error: unknown },
): Promise<void> {
  const broken = error instanceof GrantRefusedError;
  return inWorkspace(config.database, workspaceId, async (trx) => {
    const before = (await holdConnection(trx, workspaceId))?.trouble ?? null;
    // That the CRM did not answer this time says nothing of what it thinks of the app.
    const known = pair === null ? before : null;
    const trouble = error instanceof AppRefusedError ? "app_refused" : known;
    const tokens = pair && sealPair(config, workspaceId, pair);
    const ended = await endRefresh(trx, workspaceId, { by, tokens, broken, trouble });
    if (ended && (broken || before !== trouble)) await config.onBroken(trx, workspaceId);
  });
}

/** A call without an answer may have been heard or not. Asking again is the only way to know; the worst is a refusal. */
async function askRepeatedly({ oauth }: TokensConfig, refreshToken: string): Promise<TokenPair> {
  if (oauth === null)
    throw new DirectoryNotConnectedError("HIGHLEVEL_CLIENT_ID is not set, so access cannot be renewed.");
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await redeemRefreshToken(oauth, refreshToken);
    } catch (error) {
      if (attempt >= REFRESH_ATTEMPTS || !(error instanceof DirectoryUnavailableError)) throw error;
      await sleepFor(LOOK_AGAIN_MS * 2 ** attempt);
    }
  }
}

export function sealPair({ seal, now }: Pick<TokensConfig, "seal" | "now">, workspaceId: string, pair: TokenPair) {
  return {
    accessToken: seal.seal(pair.accessToken, accessPlace(workspaceId)),
    refreshToken: seal.seal(pair.refreshToken, refreshPlace(workspaceId)),
    accessExpiresAt: new Date(now().getTime() + pair.expiresInSeconds * 1000),
  };
}

export function sealPrivateToken({ seal }: Pick<TokensConfig, "seal">, workspaceId: string, token: string) {
  return { accessToken: seal.seal(token, accessPlace(workspaceId)), refreshToken: null, accessExpiresAt: null };
}

function open({ seal }: TokensConfig, sealed: string, place: string): string {
  try {
    return seal.open(sealed, place);
  } catch (error) {
    if (error instanceof SealBrokenError) throw new DirectoryNotConnectedError(error.message, { cause: error });
    throw error;
  }
}

function accessPlace(workspaceId: string): string {
  return `${workspaceId}/access`;
}

function refreshPlace(workspaceId: string): string {
  return `${workspaceId}/refresh`;
}
