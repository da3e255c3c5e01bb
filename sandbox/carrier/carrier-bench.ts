import { startCarrier, type CarrierOptions, type RunningCarrier } from "./start-carrier.ts";
import type { PhoneView } from "./phones-view.ts";
import { WebhookInbox } from "./webhook-inbox.ts";

export const OWN = "+14155550100";
export const SECOND_OWN = "+14155550101";
export const DANA = "+14155550142";
export const LUIS = "+16285550110";
export const TOM = "+15105550133";
export const API_KEY = "KEY-of-the-sandbox";

/** A carrier with nothing slow in it, its webhooks' receiver, and the hands on its phones. */
export class CarrierBench {
  readonly inbox = new WebhookInbox();
  inboxUrl = "";
  #carrier: RunningCarrier | undefined;

  get carrier(): RunningCarrier {
    if (!this.#carrier) throw new Error("The bench has not been started.");
    return this.#carrier;
  }

  async start(options: Partial<CarrierOptions> = {}): Promise<void> {
    this.inboxUrl = await this.inbox.start();
    this.#carrier = await startCarrier({
      port: 0,
      apiKey: API_KEY,
      webhook: { url: `${this.inboxUrl}/main`, failoverUrl: `${this.inboxUrl}/failover` },
      numbers: [{ phoneNumber: OWN }, { phoneNumber: SECOND_OWN }, { phoneNumber: "+18005550199", type: "toll-free" }],
      delays: { sentMs: 5, finalizedMs: 10, slowMs: 150, webhookTimeoutMs: 100, webhookRetryMs: 10 },
      ...options,
    });
  }

  async stop(): Promise<void> {
    await this.carrier.close();
    await this.inbox.close();
  }

  /** A call to the vendor's API. */
  call(path: string, body?: object, key = API_KEY): Promise<Response> {
    return fetch(`${this.carrier.url}/v2${path}`, {
      ...(body && { method: "POST", body: JSON.stringify(body) }),
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    });
  }

  sendGroup(to: string[], text = "Closing at 3 pm"): Promise<Response> {
    return this.call("/messages/group_mms", { from: OWN, to, text });
  }

  /** A person writes on their handset. */
  async write(from: string, to: string[], text: string, pictures: object[] = []): Promise<void> {
    const answer = await this.control("POST", `/handsets/${encodeURIComponent(from)}/texts`, { to, text, pictures });
    if (!answer.ok) throw new Error(await answer.text());
  }

  async handset(number: string): Promise<PhoneView> {
    const answer = await this.control("GET", `/handsets/${encodeURIComponent(number)}`);
    return (await answer.json()) as PhoneView;
  }

  /** What a handset shows: the thread's title, and its texts. */
  async screens(number: string): Promise<Record<string, string[]>> {
    const { threads } = await this.handset(number);
    return Object.fromEntries(threads.map(({ title, texts }) => [title, texts.map(({ text }) => text)]));
  }

  async behave(behaviour: object): Promise<void> {
    const answer = await this.control("PATCH", "/behaviour", behaviour);
    if (!answer.ok) throw new Error(await answer.text());
  }

  control(method: string, path: string, body?: object): Promise<Response> {
    return fetch(`${this.carrier.url}/control${path}`, {
      method,
      headers: { "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
  }
}
