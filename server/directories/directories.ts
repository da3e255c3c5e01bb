import type { CrmAccount } from "@partyline/domain/crm-account";
import type { Config } from "../config.ts";
import type { Context } from "../context.ts";
import { accountOf, findDirectorySetting } from "../store/directory-settings.ts";
import { inWorkspace } from "../store/tenant.ts";
import { builtInDirectory } from "./built-in.ts";
import type { Directory } from "./directory.ts";
import { createAccessTokens, type AccessTokens } from "./highlevel/access-tokens.ts";
import { createClient, type HighLevelClient } from "./highlevel/client.ts";
import { highLevelDirectory, type AskedAnswer } from "./highlevel/highlevel.ts";
import { OpenQuestions } from "./highlevel/open-questions.ts";
import type { OAuthConfig } from "./highlevel/oauth.ts";
import { tellAdmins } from "./highlevel/tell-admins.ts";
import { RequestGate } from "./highlevel/request-gate.ts";
import { createSeal, type Seal } from "./seal.ts";

/** Where each workspace's contacts come from. */
export interface Directories {
  of: (workspaceId: string) => Promise<Directory>;
  /** HighLevel's API in the name of a workspace; null where its contacts are kept here. */
  highLevelOf: (workspaceId: string) => Promise<HighLevelClient | null>;
  /** One for a token that is not stored yet. */
  tryOut: (locationId: string, token: string) => HighLevelClient;
  seal: Seal;
  /** Null where no app of HighLevel's marketplace is configured. */
  oauth: OAuthConfig | null;
}

/** What one process keeps for one workspace's location. */
interface Location {
  account: CrmAccount;
  client: HighLevelClient;
  questions: OpenQuestions<AskedAnswer>;
  holderQuestions: OpenQuestions<string[]>;
}

type Base = Pick<Context, "config" | "database" | "wakeups" | "now" | "newId" | "log">;

/** What HighLevel allows, until its own headers say otherwise: https://github.com/GoHighLevel/highlevel-api-docs/blob/main/docs/oauth/Faqs.md */
const VENDOR_LIMIT = { max: 100, intervalMs: 10_000 };

export function createDirectories(base: Base): Directories {
  const { config, database } = base;
  const seal = createSeal(config.secret);
  const oauth = oauthOf(config);
  const tokens = createAccessTokens({
    ...base,
    seal,
    oauth,
    onBroken: (trx, workspaceId) => tellAdmins(base, trx, workspaceId),
  });
  const locations = new Map<string, Location>();

  async function locationOf(workspaceId: string): Promise<Location | null> {
    const setting = await inWorkspace(database, workspaceId, (trx) => findDirectorySetting(trx, workspaceId));
    if (setting === undefined) return null;
    const { locationId } = setting;
    const name = `${workspaceId} ${locationId}`;
    const location = locations.get(name) ?? {
      account: accountOf(setting),
      client: connectedClient(config, tokens, workspaceId, locationId),
      questions: new OpenQuestions<AskedAnswer>(),
      holderQuestions: new OpenQuestions<string[]>(),
    };
    locations.set(name, location);
    return location;
  }

  return {
    seal,
    oauth,
    highLevelOf: async (workspaceId) => (await locationOf(workspaceId))?.client ?? null,
    async of(workspaceId) {
      const location = await locationOf(workspaceId);
      if (location === null) return builtInDirectory(database, workspaceId);
      return highLevelDirectory({ ...base, workspaceId, ...location });
    },
    tryOut: (locationId, token) =>
      createClient({
        ...config.highLevel,
        locationId,
        gate: new RequestGate(VENDOR_LIMIT),
        accessToken: async () => token,
        onRefused: async () => undefined,
      }),
  };
}

function connectedClient(
  config: Config,
  tokens: AccessTokens,
  workspaceId: string,
  locationId: string,
): HighLevelClient {
  return createClient({
    ...config.highLevel,
    locationId,
    gate: new RequestGate(VENDOR_LIMIT),
    accessToken: (refused) => tokens.current(workspaceId, refused),
    onRefused: (token) => tokens.markBroken(workspaceId, token),
  });
}

function oauthOf({ highLevel }: Config): OAuthConfig | null {
  const { clientId, clientSecret } = highLevel;
  return clientId === undefined || clientSecret === undefined ? null : { ...highLevel, clientId, clientSecret };
}
