import { randomUUID } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { phonesRoutes } from "../phones/phones-routes.ts";
import { seededRandom } from "./behaviour.ts";
import { Carrier, type Delays } from "./carrier.ts";
import { controlRoutes } from "./control.ts";
import { mediaRoutes } from "./media.ts";
import { resumeInbound } from "./inbound.ts";
import { resumeOutbound } from "./outbound.ts";
import type { OwnNumber } from "./own-number.ts";
import { PictureStore } from "./picture-store.ts";
import { signingKey } from "./signing-key.ts";
import { StateFile } from "./state-file.ts";
import { WebhookSender } from "./webhook-sender.ts";
import { wireRoutes } from "./wire.ts";

export interface CarrierOptions {
  /** 0 takes a free port. */
  port: number;
  host?: string;
  /** Where the phones, the pictures and the signing key are kept. Memory only when absent. */
  dataFolder?: string;
  /** The bearer key the backend must show. */
  apiKey: string;
  /** The messaging profile's addresses: all this carrier knows of the backend. */
  webhook: { url: string; failoverUrl?: string };
  /** The business numbers. */
  numbers: readonly OwnNumber[];
  /** Names the handsets know, by E.164 number. */
  people?: Record<string, string>;
  delays?: Partial<Delays>;
  now?: () => Date;
  newId?: () => string;
  /** Of what chance decides. */
  seed?: number;
}

export interface RunningCarrier {
  url: string;
  /** Base64 of the raw Ed25519 public key, as the vendor's portal shows it. */
  publicKey: string;
  close(): Promise<void>;
}

const DELAYS: Delays = { sentMs: 150, finalizedMs: 600, slowMs: 20_000, webhookTimeoutMs: 2000, webhookRetryMs: 1000 };

/** Starts the emulated carrier: the vendor's API, the control API and the phones page on one port. */
export async function startCarrier(options: CarrierOptions): Promise<RunningCarrier> {
  const key = signingKey(options.dataFolder);
  const carrier = buildCarrier(options, key);
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.route("/v2", wireRoutes(carrier, options.apiKey));
  app.route("/", mediaRoutes(carrier));
  app.route("/control", controlRoutes(carrier));
  app.route("/", phonesRoutes());
  const server = createAdaptorServer({ fetch: app.fetch });
  const host = options.host ?? "127.0.0.1";
  server.listen(options.port, host);
  await once(server, "listening");
  carrier.url = `http://${host}:${(server.address() as AddressInfo).port}`;
  resumeOutbound(carrier);
  resumeInbound(carrier);
  return {
    url: carrier.url,
    publicKey: key.publicKey,
    close: async () => {
      carrier.close();
      const closed = once(server, "close");
      server.close();
      if ("closeAllConnections" in server) server.closeAllConnections();
      await closed;
    },
  };
}

function buildCarrier(options: CarrierOptions, key: ReturnType<typeof signingKey>): Carrier {
  const now = options.now ?? (() => new Date());
  const newId = options.newId ?? randomUUID;
  const delays = { ...DELAYS, ...options.delays };
  return new Carrier({
    numbers: options.numbers,
    webhook: options.webhook,
    file: new StateFile(options.dataFolder, options.people ?? {}),
    pictures: new PictureStore(options.dataFolder),
    webhooks: new WebhookSender({
      key,
      now,
      newId,
      timeoutMs: delays.webhookTimeoutMs,
      retryMs: delays.webhookRetryMs,
    }),
    delays,
    now,
    newId,
    random: seededRandom(options.seed ?? 1),
  });
}
