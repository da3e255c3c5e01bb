import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A webhook as it came over the wire. */
export interface Delivery {
  path: string;
  headers: Record<string, string>;
  rawBody: string;
  event: {
    data: { id: string; event_type: string; occurred_at: string; payload: WebhookPayload };
    meta: { attempt: number; delivered_to: string };
  };
}

interface Party {
  phone_number: string;
  status: string;
}

interface WebhookPayload {
  id: string;
  group_message_id?: string;
  direction: string;
  type: string;
  text: string;
  from: Party;
  to: Party[];
  cc: (Party | string)[];
  errors: { code: string }[];
  media: { url: string; content_type: string }[];
  autoresponse_type?: string | null;
}

/** What the receiver does with a webhook: the status it answers, or null to leave the sender waiting. */
type Reception = (path: string, count: number) => number | null;

const GIVE_UP_MS = 4000;

/** A real HTTP server in the backend's place, for the tests of the carrier. */
export class WebhookInbox {
  readonly deliveries: Delivery[] = [];
  reception: Reception = () => 200;
  #server = createServer((request, answer) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const rawBody = Buffer.concat(chunks).toString();
      const path = request.url ?? "";
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      this.deliveries.push({ path, headers, rawBody, event: JSON.parse(rawBody) as Delivery["event"] });
      const status = this.reception(path, this.deliveries.length);
      if (status !== null) answer.writeHead(status).end();
    });
  });

  async start(): Promise<string> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  ofType(type: string): WebhookPayload[] {
    return this.deliveries.filter(({ event }) => event.data.event_type === type).map(({ event }) => event.data.payload);
  }

  /** Waits for as many events of a type. Fails with what came instead. */
  async wait(type: string, count: number): Promise<WebhookPayload[]> {
    const until = Date.now() + GIVE_UP_MS;
    while (this.ofType(type).length < count) {
      if (Date.now() > until) {
        const came = this.deliveries.map(({ event }) => event.data.event_type).join(", ");
        throw new Error(`Waited for ${count} ${type}, got: ${came}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return this.ofType(type);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }
}
