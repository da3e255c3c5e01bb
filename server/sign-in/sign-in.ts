import { getConnInfo } from "@hono/node-server/conninfo";
import type { Result } from "@partyline/domain/result";
import { type Context, Hono } from "hono";
import type { DatabasePool } from "../store/pool.ts";
import { type Bearer, type BearerRefusal, createAccessTokens } from "./access-tokens.ts";
import { type AccountRefusal, createAccount, type NewAccount, type ResetRefusal, setPassword } from "./accounts.ts";
import { createAttempts, createRequestLimit } from "./attempts.ts";
import { checkRedirectUris, registerClient } from "./client.ts";
import { offeredDemoUsers, type Sandbox } from "./demo-users.ts";
import { type Lifetimes, LIFETIMES } from "./lifetimes.ts";
import { oauthRoutes } from "./oauth-routes.ts";
import { pageRoutes } from "./page-routes.ts";
import { createProvider, type SignInLog } from "./provider.ts";
import { createRevokedSignIns } from "./revoked-sign-ins.ts";
import { findByRefreshToken, purgeExpired, revokeSignIns, signInsOf } from "./sign-ins.ts";

export interface SignInConfig {
  /** Already migrated. */
  pool: DatabasePool["pool"];
  /** What browsers call this backend. The issuer and audience of its tokens. */
  publicUrl: string;
  /** At least 32 random characters. Signs cookies and the page's query, encrypts the signing keys. */
  secret: string;
  /** What `identity.getRedirectURL()` answers in each build of the extension. */
  redirectUris: readonly string[];
  sandbox: Sandbox | null;
  now: () => Date;
  log: SignInLog;
  /** Whose attempts are counted. Behind a proxy the connection is the proxy's. */
  clientAddress?: (c: Context) => string;
  lifetimes?: Partial<Lifetimes>;
}

export interface SignIn {
  /** `/auth/*`, `/sign-in*` and `/.well-known/oauth-authorization-server`, to be mounted at the root. */
  routes: Hono;
  verifyBearer: (accessToken: string) => Promise<Result<Bearer, BearerRefusal>>;
  /** Ends one sign-in: at once on this replica, within two seconds on the others. */
  revoke: (signInId: string) => Promise<void>;
  /** Ends every sign-in of a person, such as one who leaves. */
  revokeEverySignInOf: (authUserId: string) => Promise<void>;
  createUser: (account: NewAccount) => Promise<Result<{ authUserId: string }, AccountRefusal>>;
  /** Also ends every sign-in made with the old password. */
  resetPassword: (email: string, password: string) => Promise<Result<{ authUserId: string }, ResetRefusal>>;
  /** To be called about once a day. */
  purgeExpired: () => Promise<void>;
}

/** @throws RedirectUriRefusedError */
export async function createSignIn(config: SignInConfig): Promise<SignIn> {
  const { pool, secret, redirectUris, sandbox, now, log } = config;
  checkRedirectUris(redirectUris);
  const publicUrl = config.publicUrl.replace(/\/+$/u, "");
  const lifetimes = { ...LIFETIMES, ...config.lifetimes };
  const clientAddress = config.clientAddress ?? connectionAddress;
  const demoUsers = offeredDemoUsers(sandbox);
  const provider = createProvider({ pool, publicUrl, secret, demoUsers, lifetimes, log });
  await registerClient(pool, redirectUris);

  const revoked = createRevokedSignIns(pool, now);
  const verifyBearer = createAccessTokens({ publicUrl, readKeys: () => provider.api.getJwks(), revoked, now });

  async function revokeAll(signInIds: readonly string[]): Promise<void> {
    await revokeSignIns(pool, signInIds, lifetimes.accessToken);
    revoked.add(signInIds);
  }
  const revoke = (signInId: string) => revokeAll([signInId]);
  const revokeEverySignInOf = async (authUserId: string) => revokeAll(await signInsOf(pool, authUserId));

  const attempts = createAttempts(pool);
  const routes = new Hono()
    .route("/", pageRoutes({ provider, publicUrl, redirectUris, demoUsers, attempts, clientAddress, now, log }))
    .route(
      "/",
      oauthRoutes({
        provider,
        publicUrl,
        clientAddress,
        limitRequests: createRequestLimit(),
        findByRefreshToken: (refreshToken) => findByRefreshToken(pool, refreshToken),
        signInOf: async (accessToken) => {
          const bearer = await verifyBearer(accessToken);
          return bearer.ok ? bearer.value.signInId : null;
        },
        revoke,
      }),
    );

  return {
    routes,
    verifyBearer,
    revoke,
    revokeEverySignInOf,
    createUser: (account) => createAccount(provider, account),
    resetPassword: async (email, password) => {
      const result = await setPassword(provider, email, password);
      if (result.ok) await revokeEverySignInOf(result.value.authUserId);
      return result;
    },
    purgeExpired: () => purgeExpired(pool),
  };
}

function connectionAddress(c: Context): string {
  return getConnInfo(c).remote.address ?? "unknown";
}
