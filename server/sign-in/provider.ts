import { oauthProvider } from "@better-auth/oauth-provider";
import { betterAuth } from "better-auth";
import { jwt } from "better-auth/plugins";
import type { DatabasePool } from "../store/pool.ts";
import { signInDatabase } from "../store/sign-in-database.ts";
import { SCOPES } from "./client.ts";
import { type DemoUser, demoSignIn } from "./demo-users.ts";
import type { Lifetimes } from "./lifetimes.ts";
import { tokenHash } from "./token-hash.ts";

export interface ProviderConfig {
  pool: DatabasePool["pool"];
  /** Without a trailing slash. The issuer and the audience of every access token. */
  publicUrl: string;
  secret: string;
  demoUsers: readonly DemoUser[];
  lifetimes: Lifetimes;
  log: SignInLog;
}

export type SignInLog = (level: "warn" | "error", message: string) => void;
export type Provider = ReturnType<typeof createProvider>;

export const PASSWORD_LENGTH = { min: 10, max: 128 };
const KEY_ROTATION_SECONDS = 30 * 24 * 60 * 60;

/** better-auth, told what is ours to decide. Only the routes in `oauth-routes.ts` are reachable from outside. */
export function createProvider({ pool, publicUrl, secret, demoUsers, lifetimes, log }: ProviderConfig) {
  return betterAuth({
    baseURL: publicUrl,
    basePath: "/auth",
    secret,
    database: signInDatabase(pool),
    telemetry: { enabled: false },
    // The arguments behind the message may hold addresses; they stay out of the log.
    logger: { level: "warn", log: (level, message) => log(level === "error" ? "error" : "warn", message) },
    // Attempts are counted in the database, see `attempts.ts`; the library counts per process.
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH.min,
      maxPasswordLength: PASSWORD_LENGTH.max,
    },
    // A sign-in ends on its day, whatever happened in between.
    session: { expiresIn: lifetimes.signIn, disableSessionRefresh: true },
    advanced: {
      cookiePrefix: "partyline",
      useSecureCookies: publicUrl.startsWith("https:"),
      defaultCookieAttributes: { path: "/auth", sameSite: "lax", httpOnly: true },
      ipAddress: { disableIpTracking: true },
    },
    onAPIError: { errorURL: `${publicUrl}/sign-in/refused` },
    disabledPaths: ["/token"],
    plugins: [
      jwt({
        jwt: { issuer: publicUrl },
        jwks: {
          keyPairConfig: { alg: "EdDSA", crv: "Ed25519" },
          rotationInterval: KEY_ROTATION_SECONDS,
          gracePeriod: KEY_ROTATION_SECONDS,
        },
        disableSettingJwtHeader: true,
      }),
      oauthProvider({
        loginPage: `${publicUrl}/sign-in`,
        // Never shown: our own extension needs nobody's consent, and no other client exists.
        consentPage: `${publicUrl}/sign-in/refused`,
        scopes: SCOPES,
        grantTypes: ["authorization_code", "refresh_token"],
        // Only a token asked for a resource is a JWT; `oauth-routes.ts` asks in the client's name.
        resources: [publicUrl],
        enforcePerClientResources: false,
        accessTokenExpiresIn: lifetimes.accessToken,
        refreshTokenExpiresIn: lifetimes.refreshToken,
        refreshTokenReuseInterval: lifetimes.refreshGrace,
        storeTokens: { hash: async (token) => tokenHash(token) },
      }),
      demoSignIn(demoUsers),
    ],
  });
}
