import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { controlRoutes } from "./control.ts";
import type { CrmContact, CrmNumber, CrmUser } from "./crm-records.ts";
import { EventSender } from "./event-sender.ts";
import { HighLevel } from "./highlevel.ts";
import { oauthRoutes } from "./oauth.ts";
import { VENDOR_LIMIT, type LimitConfig } from "./request-limit.ts";
import { TokenBook } from "./token-book.ts";
import { wireRoutes } from "./wire.ts";

export interface HighLevelOptions {
  /** 0 takes a free port. */
  port: number;
  host?: string;
  locationId: string;
  clientId: string;
  clientSecret: string;
  privateToken: string;
  /** The backend's address for webhooks. */
  webhookUrl: string;
  contacts?: readonly CrmContact[];
  users?: CrmUser[];
  numbers?: CrmNumber[];
  limit?: Partial<LimitConfig>;
  /** A day, at the vendor. */
  accessTokenSeconds?: number;
  webhookRetryMs?: number;
  now?: () => Date;
  newId?: () => string;
}

export interface RunningHighLevel {
  /** The API, the marketplace's consent page and `/control`, all at one address. */
  url: string;
  /** What signs the webhooks, as the vendor publishes it. */
  publicKey: string;
  close: () => Promise<void>;
}

const DAY_SECONDS = 86_399;

/** Starts the emulated CRM. */
export async function startHighLevel(options: HighLevelOptions): Promise<RunningHighLevel> {
  const crm = build(options);
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.route("/control", controlRoutes(crm));
  app.route("/", oauthRoutes(crm));
  app.route("/", wireRoutes(crm));
  const server = createAdaptorServer({ fetch: app.fetch });
  const host = options.host ?? "127.0.0.1";
  server.listen(options.port, host);
  await once(server, "listening");
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    publicKey: crm.parts.events.publicKey,
    close: async () => {
      crm.close();
      const closed = once(server, "close");
      server.close();
      if ("closeAllConnections" in server) server.closeAllConnections();
      await closed;
    },
  };
}

function build(options: HighLevelOptions): HighLevel {
  const now = options.now ?? (() => new Date());
  const { locationId, clientId, clientSecret, privateToken, users = [], numbers = [] } = options;
  const accessTokenSeconds = options.accessTokenSeconds ?? DAY_SECONDS;
  const parts = {
    locationId,
    clientId,
    clientSecret,
    privateToken,
    users,
    numbers,
    limit: { ...VENDOR_LIMIT, ...options.limit },
    tokens: new TokenBook({ newSecret, now, accessTokenSeconds }),
    events: new EventSender(options.webhookUrl, options.webhookRetryMs ?? 1000),
    now,
    newId: options.newId ?? randomUUID,
  };
  return new HighLevel(parts, options.contacts ?? []);
}

function newSecret(): string {
  return randomBytes(24).toString("base64url");
}
