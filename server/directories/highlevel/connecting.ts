import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import type { DirectoryState } from "@partyline/contract/directory";
import { allow, refuse, type Result } from "@partyline/domain/result";
import type { Context } from "../../context.ts";
import { ProblemError } from "../../http/problem-error.ts";
import { reconcileDirectory } from "../../jobs/kinds.ts";
import {
  findConnection,
  keepAuthorization,
  putConnection,
  takeAuthorization,
  type TokenColumns,
} from "../../store/directory-connections.ts";
import { findDirectorySetting, type DirectorySetting } from "../../store/directory-settings.ts";
import { asOwner, inWorkspace, type Trx } from "../../store/tenant.ts";
import { DirectoryError, DirectoryNotConnectedError } from "../directory.ts";
import { sealPair, sealPrivateToken } from "./access-tokens.ts";
import { tellAdmins } from "./tell-admins.ts";
import {
  AppRefusedError,
  authorizeUrl,
  GrantRefusedError,
  redeemCode,
  type OAuthConfig,
  type TokenPair,
} from "./oauth.ts";

const AUTHORIZE_WITHIN_MS = 10 * 60 * 1000;

export const CALLBACK_PATH = "/directory/highlevel/callback";

export async function viewDirectory(
  { directories }: Pick<Context, "directories">,
  trx: Trx,
  workspaceId: string,
): Promise<DirectoryState> {
  const setting = await findDirectorySetting(trx, workspaceId);
  if (setting === undefined) return BUILT_IN;
  const connection = await findConnection(trx, workspaceId);
  return {
    kind: setting.kind,
    locationId: setting.locationId,
    connection: connection
      ? {
          kind: connection.kind,
          state: connection.state,
          trouble: connection.trouble,
          since: connection.connectedAt.toISOString(),
        }
      : null,
    canAuthorize: directories.oauth !== null,
    timelineCopies: setting.timelineCopies,
    peopleSyncedAt: setting.peopleSyncedAt?.toISOString() ?? null,
  };
}

/** Why the CRM cannot be asked; null where it can, and where contacts are kept here. */
export async function directoryTrouble(
  trx: Trx,
  workspaceId: string,
): Promise<"not_connected" | "broken" | "app_refused" | null> {
  if ((await findDirectorySetting(trx, workspaceId)) === undefined) return null;
  const connection = await findConnection(trx, workspaceId);
  if (connection === undefined) return "not_connected";
  return connection.state === "broken" ? "broken" : connection.trouble;
}

const BUILT_IN: DirectoryState = {
  kind: "built_in",
  locationId: null,
  connection: null,
  canAuthorize: false,
  timelineCopies: false,
  peopleSyncedAt: null,
};

/** Where to send the admin; the state they come back with is kept as a digest, and works once. */
export async function beginConnecting(
  context: Context,
  trx: Trx,
  { workspaceId, userId }: { workspaceId: string; userId: string },
): Promise<string> {
  await settingOf(trx, workspaceId);
  const oauth = configuredApp(context);
  const state = randomBytes(32).toString("base64url");
  const now = context.now();
  await keepAuthorization(trx, workspaceId, {
    stateDigest: digestOf(state),
    userId,
    expiresAt: new Date(now.getTime() + AUTHORIZE_WITHIN_MS),
    now,
  });
  return authorizeUrl(oauth, { redirectUri: redirectUri(context), state });
}

export type ConnectingRefusal = {
  reason:
    | "state_invalid"
    | "consent_refused"
    | "agency_token"
    | "wrong_location"
    | "code_refused"
    | "app_refused"
    | "crm_unavailable";
};

/** What the browser brings back from the CRM. */
export async function finishConnecting(
  context: Context,
  answer: { code: string | undefined; state: string | undefined },
): Promise<Result<null, ConnectingRefusal>> {
  const { database } = context;
  const given = await asOwner(database, (owner) =>
    takeAuthorization(owner, digestOf(answer.state ?? ""), context.now()),
  );
  if (given === undefined) return refuse({ reason: "state_invalid" });
  if (answer.code === undefined) return refuse({ reason: "consent_refused" });
  const { workspaceId, userId } = given;
  const redeemed = await redeem(context, answer.code);
  if (!redeemed.ok) return redeemed;
  const pair = redeemed.value;
  if (pair.locationId === null) return refuse({ reason: "agency_token" });
  return inWorkspace(database, workspaceId, async (trx) => {
    const setting = await findDirectorySetting(trx, workspaceId);
    // A token of another location would show this workspace somebody else's contacts.
    if (setting === undefined || pair.locationId !== setting.locationId) return refuse({ reason: "wrong_location" });
    const tokens = sealPair({ ...context, seal: context.directories.seal }, workspaceId, pair);
    await connect(context, trx, { workspaceId, userId, kind: "oauth", tokens });
    return allow(null);
  });
}

async function redeem(context: Context, code: string): Promise<Result<TokenPair, ConnectingRefusal>> {
  try {
    return allow(await redeemCode(configuredApp(context), { code, redirectUri: redirectUri(context) }));
  } catch (error) {
    if (error instanceof GrantRefusedError) return refuse({ reason: "code_refused" });
    if (error instanceof AppRefusedError) return refuse({ reason: "app_refused" });
    if (error instanceof DirectoryError) return refuse({ reason: "crm_unavailable" });
    throw error;
  }
}

/** Tries a private token before it is stored; throws a problem when the CRM does not take it. */
export async function tryPrivateToken(context: Context, workspaceId: string, token: string): Promise<void> {
  const { locationId } = await inWorkspace(context.database, workspaceId, (trx) => settingOf(trx, workspaceId));
  if (isAgencyToken(token)) {
    const detail = "This token is of a whole agency. Make one in the location itself, under its own settings.";
    throw new ProblemError("directory_refused", { detail });
  }
  try {
    await context.directories.tryOut(locationId, token).users("now");
  } catch (error) {
    if (!(error instanceof DirectoryNotConnectedError)) throw error;
    const detail = "Make the token in this location, with contacts, users and phone numbers among its scopes.";
    throw new ProblemError("directory_refused", { detail }, { cause: error });
  }
}

/** The vendor's own tokens say whose they are: without a look, some of an agency's would pass for a location's. */
function isAgencyToken(token: string): boolean {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    return z.looseObject({ authClass: z.literal("Company") }).safeParse(claims).success;
  } catch {
    // Not such a token: a private one is only letters and digits.
    return false;
  }
}

export function connectPrivately(
  context: Context,
  trx: Trx,
  { workspaceId, userId, token }: { workspaceId: string; userId: string; token: string },
): Promise<void> {
  const tokens = sealPrivateToken(context.directories, workspaceId, token);
  return connect(context, trx, { workspaceId, userId, kind: "private_token", tokens });
}

async function connect(
  context: Context,
  trx: Trx,
  connection: { workspaceId: string; userId: string; kind: "oauth" | "private_token"; tokens: TokenColumns },
): Promise<void> {
  const { workspaceId, userId, kind, tokens } = connection;
  await putConnection(trx, workspaceId, { ...tokens, kind, connectedAt: context.now(), connectedBy: userId });
  await tellAdmins(context, trx, workspaceId);
  // Roles and numbers are the CRM's to say from here on.
  await context.queue.enqueue(trx, reconcileDirectory, { workspaceId }, { key: workspaceId });
}

async function settingOf(trx: Trx, workspaceId: string): Promise<DirectorySetting> {
  const setting = await findDirectorySetting(trx, workspaceId);
  if (setting !== undefined) return setting;
  const detail = "Name the location under `directory` in the workspace file, and start the backend again.";
  throw new ProblemError("directory_built_in", { detail });
}

function configuredApp({ directories }: Context): OAuthConfig {
  if (directories.oauth !== null) return directories.oauth;
  const detail = "Set HIGHLEVEL_CLIENT_ID and HIGHLEVEL_CLIENT_SECRET, or connect by a private integration token.";
  throw new ProblemError("directory_not_configured", { detail });
}

function redirectUri({ config }: Context): string {
  return config.publicUrl + CALLBACK_PATH;
}

function digestOf(state: string): string {
  return createHash("sha256").update(state).digest("hex");
}
