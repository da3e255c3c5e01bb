import { type Kysely, sql } from "kysely";

/**
 * The tables better-auth 1.7.25 and @better-auth/oauth-provider 1.7.5 expect, as their own generator writes them, in a
 * schema of their own. Written out here rather than left to the library's migrator, so that one ledger says what was
 * applied, a library update never changes a table unseen, and replicas starting together stay safe.
 * `server/sign-in/schema.test.ts` asks the generator whether anything is missing.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create schema auth`.execute(db);
  await createAccountTables(db);
  await createCodeAndKeyTables(db);
  await createClientTable(db);
  await createResourceTables(db);
  await createRefreshTokenTable(db);
  await createUnusedTables(db);
  await createOwnTables(db);
}

async function createAccountTables(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table auth."user" (
      "id" text not null primary key,
      "name" text not null,
      "email" text not null unique,
      "emailVerified" boolean not null,
      "image" text,
      "createdAt" timestamptz default current_timestamp not null,
      "updatedAt" timestamptz default current_timestamp not null
    )`.execute(db);
  await sql`
    create table auth."session" (
      "id" text not null primary key,
      "expiresAt" timestamptz not null,
      "token" text not null unique,
      "createdAt" timestamptz default current_timestamp not null,
      "updatedAt" timestamptz not null,
      "ipAddress" text,
      "userAgent" text,
      "userId" text not null references auth."user" ("id") on delete cascade
    )`.execute(db);
  await sql`create index "session_userId_idx" on auth."session" ("userId")`.execute(db);
  await sql`
    create table auth."account" (
      "id" text not null primary key,
      "accountId" text not null,
      "providerId" text not null,
      "userId" text not null references auth."user" ("id") on delete cascade,
      "accessToken" text,
      "refreshToken" text,
      "idToken" text,
      "accessTokenExpiresAt" timestamptz,
      "refreshTokenExpiresAt" timestamptz,
      "scope" text,
      "password" text,
      "createdAt" timestamptz default current_timestamp not null,
      "updatedAt" timestamptz not null
    )`.execute(db);
  await sql`create index "account_userId_idx" on auth."account" ("userId")`.execute(db);
}

async function createCodeAndKeyTables(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table auth."verification" (
      "id" text not null primary key,
      "identifier" text not null,
      "value" text not null,
      "expiresAt" timestamptz not null,
      "createdAt" timestamptz default current_timestamp not null,
      "updatedAt" timestamptz default current_timestamp not null
    )`.execute(db);
  await sql`create index "verification_identifier_idx" on auth."verification" ("identifier")`.execute(db);
  await sql`
    create table auth."jwks" (
      "id" text not null primary key,
      "publicKey" text not null,
      "privateKey" text not null,
      "createdAt" timestamptz not null,
      "expiresAt" timestamptz,
      "alg" text,
      "crv" text
    )`.execute(db);
}

async function createClientTable(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table auth."oauthClient" (
      "id" text not null primary key,
      "clientId" text not null unique,
      "clientSecret" text,
      "clientDiscoveryId" text,
      "disabled" boolean,
      "skipConsent" boolean,
      "enableEndSession" boolean,
      "subjectType" text,
      "scopes" jsonb,
      "clientCredentialsScopes" jsonb,
      "userId" text references auth."user" ("id") on delete cascade,
      "createdAt" timestamptz,
      "updatedAt" timestamptz,
      "name" text,
      "uri" text,
      "icon" text,
      "contacts" jsonb,
      "tos" text,
      "policy" text,
      "softwareId" text,
      "softwareVersion" text,
      "softwareStatement" text,
      "redirectUris" jsonb not null,
      "postLogoutRedirectUris" jsonb,
      "backchannelLogoutUri" text,
      "backchannelLogoutSessionRequired" boolean,
      "tokenEndpointAuthMethod" text,
      "applicationType" text,
      "jwks" text,
      "jwksUri" text,
      "grantTypes" jsonb,
      "responseTypes" jsonb,
      "requirePKCE" boolean,
      "dpopBoundAccessTokens" boolean,
      "referenceId" text,
      "metadata" jsonb
    )`.execute(db);
  await sql`create index "oauthClient_userId_idx" on auth."oauthClient" ("userId")`.execute(db);
}

async function createResourceTables(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table auth."oauthResource" (
      "id" text not null primary key,
      "identifier" text not null unique,
      "name" text not null,
      "accessTokenTtl" integer,
      "refreshTokenTtl" integer,
      "signingAlgorithm" text,
      "signingKeyId" text,
      "allowedScopes" jsonb,
      "customClaims" jsonb,
      "dpopBoundAccessTokensRequired" boolean,
      "disabled" boolean,
      "createdAt" timestamptz,
      "updatedAt" timestamptz,
      "policyVersion" integer,
      "metadata" jsonb
    )`.execute(db);
  await sql`
    create table auth."oauthClientResource" (
      "id" text not null primary key,
      "clientId" text not null references auth."oauthClient" ("clientId") on delete cascade,
      "resourceId" text not null references auth."oauthResource" ("identifier") on delete cascade,
      "metadata" jsonb,
      "createdAt" timestamptz
    )`.execute(db);
  await indexColumns(db, "oauthClientResource", ["clientId", "resourceId"]);
  await sql`
    create unique index "oauthClientResource_clientId_resourceId_uidx"
      on auth."oauthClientResource" ("clientId", "resourceId")`.execute(db);
}

async function createRefreshTokenTable(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table auth."oauthRefreshToken" (
      "id" text not null primary key,
      "token" text not null unique,
      "clientId" text not null references auth."oauthClient" ("clientId") on delete cascade,
      "sessionId" text references auth."session" ("id") on delete set null,
      "userId" text not null references auth."user" ("id") on delete cascade,
      "referenceId" text,
      "authorizationCodeId" text,
      "resources" jsonb,
      "requestedUserInfoClaims" jsonb,
      "expiresAt" timestamptz not null,
      "createdAt" timestamptz not null,
      "revoked" timestamptz,
      "rotatedAt" timestamptz,
      "rotationReplayResponse" text,
      "rotationReplayExpiresAt" timestamptz,
      "authTime" timestamptz,
      "confirmation" jsonb,
      "scopes" jsonb not null
    )`.execute(db);
  await indexColumns(db, "oauthRefreshToken", ["clientId", "sessionId", "userId", "authorizationCodeId"]);
}

/** The library looks into these and, as we configure it, never writes. */
async function createUnusedTables(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table auth."oauthAccessToken" (
      "id" text not null primary key,
      "token" text not null unique,
      "clientId" text not null references auth."oauthClient" ("clientId") on delete cascade,
      "sessionId" text references auth."session" ("id") on delete set null,
      "userId" text references auth."user" ("id") on delete cascade,
      "referenceId" text,
      "authorizationCodeId" text,
      "resources" jsonb,
      "requestedUserInfoClaims" jsonb,
      "refreshId" text references auth."oauthRefreshToken" ("id") on delete cascade,
      "expiresAt" timestamptz not null,
      "createdAt" timestamptz not null,
      "revoked" timestamptz,
      "confirmation" jsonb,
      "scopes" jsonb not null
    )`.execute(db);
  await indexColumns(db, "oauthAccessToken", ["clientId", "sessionId", "userId", "authorizationCodeId", "refreshId"]);
  await sql`
    create table auth."oauthConsent" (
      "id" text not null primary key,
      "clientId" text not null references auth."oauthClient" ("clientId") on delete cascade,
      "userId" text references auth."user" ("id") on delete cascade,
      "referenceId" text,
      "resources" jsonb,
      "requestedUserInfoClaims" jsonb,
      "scopes" jsonb not null,
      "createdAt" timestamptz not null,
      "updatedAt" timestamptz not null
    )`.execute(db);
  await indexColumns(db, "oauthConsent", ["clientId", "userId"]);
  await sql`
    create table auth."oauthClientAssertion" (
      "id" text not null primary key,
      "expiresAt" timestamptz not null
    )`.execute(db);
}

/** Ours, not the library's. */
async function createOwnTables(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table auth.revoked_sign_in (
      sign_in_id text not null primary key,
      -- When its last access token has expired; then the row has nothing left to refuse.
      until timestamptz not null
    )`.execute(db);
  // The shape rate-limiter-flexible writes.
  await sql`
    create table auth.sign_in_attempt (
      key varchar(255) not null primary key,
      points integer not null default 0,
      expire bigint
    )`.execute(db);
}

async function indexColumns(db: Kysely<unknown>, table: string, columns: readonly string[]): Promise<void> {
  for (const column of columns) {
    await sql`create index ${sql.id(`${table}_${column}_idx`)} on auth.${sql.id(table)} (${sql.id(column)})`.execute(
      db,
    );
  }
}
