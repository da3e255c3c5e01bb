import type { KeyObject } from "node:crypto";
import { z } from "zod";
import { readPublicKey } from "./directories/highlevel/webhook.ts";

const Flag = z
  .enum(["0", "1"])
  .default("0")
  .transform((flag) => flag === "1");
const Words = z
  .string()
  .default("")
  .transform((list) =>
    list
      .split(",")
      .map((word) => word.trim())
      .filter((word) => word !== ""),
  );

const Required = z.string("is not set");
const HttpAddress = z.url({ protocol: /^https?$/, error: "must be an address that starts with http:// or https://" });

/** HighLevel's own, the same for every app; compare with https://marketplace.gohighlevel.com/docs/webhook/WebhookIntegrationGuide */
const PUBLISHED_KEY = "MCowBQYDK2VwAyEAi2HR1srL4o18O8BRa7gVJY7G7bupbN3H9AwJrHCDiOg=";

/** The environment as it comes: text, in the words of the README. */
const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(4310),
  HOST: z.string().min(1).default("127.0.0.1"),
  PUBLIC_URL: HttpAddress.optional(),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: "must look like postgres://user:password@host:5432/database" })
    .optional(),
  PARTYLINE_DATA: z.string().min(1).default(".partyline"),
  PARTYLINE_SECRET: Required.min(32, "needs at least 32 random characters, the same for every replica"),
  PARTYLINE_SANDBOX: Flag,
  PARTYLINE_WORKSPACE: z.string().min(1).optional(),
  EXTENSION_REDIRECTS: Words,
  TELNYX_API_KEY: Required,
  TELNYX_PUBLIC_KEY: Required.refine(isEd25519Key, "must be the base64 public key from Telnyx's portal, of 32 bytes"),
  TELNYX_API_URL: HttpAddress.optional(),
  TELNYX_TIMEOUT_MS: z.coerce.number().int().positive().default(15_000),
  HIGHLEVEL_API_URL: HttpAddress.default("https://services.leadconnectorhq.com"),
  HIGHLEVEL_MARKETPLACE_URL: HttpAddress.default("https://marketplace.gohighlevel.com"),
  HIGHLEVEL_CLIENT_ID: z.string().min(1).optional(),
  HIGHLEVEL_CLIENT_SECRET: z.string().min(1).optional(),
  HIGHLEVEL_PUBLIC_KEY: z.string().default(PUBLISHED_KEY).transform(readKey),
  // Three tries have to fit into the time for which other replicas leave a token's renewal to this one.
  HIGHLEVEL_TIMEOUT_MS: z.coerce.number().int().positive().max(15_000).default(10_000),
  /** How long a message with an unknown outcome may wait for the carrier's own reports. */
  UNKNOWN_AFTER_MS: z.coerce.number().int().positive().default(60_000),
  /** The most one user may send. */
  SENDS_PER_MINUTE: z.coerce.number().int().positive().default(60),
  /** The publisher's signed recipes; read again whenever the file changes. */
  RECIPES_FILE: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "silent"]).default("info"),
});

export interface Config {
  port: number;
  host: string;
  /** Where the carrier's webhooks and people's browsers reach this backend. */
  publicUrl: string;
  databaseUrl: string | undefined;
  dataFolder: string;
  secret: string;
  sandbox: boolean;
  /** A file that describes the workspace, its users and its numbers; applied at each start. */
  workspaceFile: string | undefined;
  extensionRedirects: string[];
  telnyx: { apiKey: string; publicKey: string; apiUrl: string | undefined; timeoutMs: number };
  highLevel: {
    apiUrl: string;
    /** Where an admin chooses the location to connect; another address for a white-label one. */
    marketplaceUrl: string;
    /** Of the app in HighLevel's marketplace; without one, workspaces connect by a private integration token. */
    clientId: string | undefined;
    clientSecret: string | undefined;
    /** What HighLevel signs its webhooks with. */
    publicKey: KeyObject;
    timeoutMs: number;
  };
  unknownAfterMs: number;
  sendsPerMinute: number;
  recipesFile: string | undefined;
  logLevel: z.infer<typeof Environment>["LOG_LEVEL"];
}

export class ConfigError extends Error {
  override name = "ConfigError";
}

/** Parses the environment once; every fault is named with its variable, in one error. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  // A variable set to nothing is a variable not set.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const read = Environment.safeParse(given);
  if (!read.success) {
    const faults = read.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new ConfigError(`The configuration is not usable. ${faults.join("; ")}. README.md lists every variable.`);
  }
  return toConfig(read.data);
}

function toConfig(env: z.infer<typeof Environment>): Config {
  return {
    port: env.PORT,
    host: env.HOST,
    publicUrl: (env.PUBLIC_URL ?? `http://127.0.0.1:${env.PORT}`).replace(/\/$/, ""),
    databaseUrl: env.DATABASE_URL,
    dataFolder: env.PARTYLINE_DATA,
    secret: env.PARTYLINE_SECRET,
    sandbox: env.PARTYLINE_SANDBOX,
    workspaceFile: env.PARTYLINE_WORKSPACE,
    extensionRedirects: env.EXTENSION_REDIRECTS,
    telnyx: {
      apiKey: env.TELNYX_API_KEY,
      publicKey: env.TELNYX_PUBLIC_KEY,
      apiUrl: env.TELNYX_API_URL,
      timeoutMs: env.TELNYX_TIMEOUT_MS,
    },
    highLevel: {
      apiUrl: env.HIGHLEVEL_API_URL.replace(/\/$/, ""),
      marketplaceUrl: env.HIGHLEVEL_MARKETPLACE_URL,
      clientId: env.HIGHLEVEL_CLIENT_ID,
      clientSecret: env.HIGHLEVEL_CLIENT_SECRET,
      publicKey: env.HIGHLEVEL_PUBLIC_KEY,
      timeoutMs: env.HIGHLEVEL_TIMEOUT_MS,
    },
    unknownAfterMs: env.UNKNOWN_AFTER_MS,
    sendsPerMinute: env.SENDS_PER_MINUTE,
    recipesFile: env.RECIPES_FILE,
    logLevel: env.LOG_LEVEL,
  };
}

/** A key of another kind or length would refuse every webhook, one by one. */
function isEd25519Key(key: string): boolean {
  return /^[A-Za-z0-9+/]{43}=$/.test(key);
}

function readKey(text: string, check: z.RefinementCtx): KeyObject {
  try {
    return readPublicKey(text);
  } catch {
    check.addIssue("must be an Ed25519 public key, in PEM or its base64");
    return z.NEVER;
  }
}
