import type { DeliveryState, FailureClass } from "@partyline/domain/delivery";

/** What a carrier made of one attempt to send. A timeout is `unknown`: the text may well be on its way. */
export type SendOutcome =
  | { kind: "accepted"; carrierMessageId: string }
  | {
      kind: "rejected";
      failure: FailureClass;
      code: string | null;
      /** Nothing was sent and the same request may succeed later. */
      retryable: boolean;
      /** The members the carrier blames; empty when it names none. */
      members: string[];
    }
  | { kind: "unknown"; cause: string };

/** What a carrier told us, in our words. Numbers are E.164. */
export type CarrierEvent =
  | {
      kind: "inbound";
      carrierMessageId: string;
      own: string;
      from: string;
      /** Everybody else it was written to, besides us. */
      others: string[];
      text: string;
      media: { url: string; type: string | null }[];
      /** The carrier took it for a word about consent, and answers such words itself. */
      isAnswered: boolean;
      at: Date;
    }
  | {
      kind: "delivery";
      carrierMessageId: string;
      member: string;
      state: DeliveryState;
      failure: FailureClass | null;
      code: string | null;
      at: Date;
    }
  | { kind: "ignored"; why: string };

export interface GroupSend {
  from: string;
  to: string[];
  text: string;
  /** Where reports about this very message go: our address with our signed reference. */
  webhookUrl: string;
}

/** A text to one person, besides every thread. */
export interface DirectSend {
  from: string;
  to: string;
  text: string;
}

export interface VerifiedWebhook {
  /** The carrier's id of the event: the same event may come again. */
  eventId: string;
  body: unknown;
}

export type WebhookRefusal = { reason: "webhook_signature_invalid" | "webhook_stale"; detail: string };

export class WebhookRefusedError extends Error {
  override name = "WebhookRefusedError";
  readonly refusal: WebhookRefusal;
  constructor(refusal: WebhookRefusal, options?: ErrorOptions) {
    super(refusal.detail, options);
    this.refusal = refusal;
  }
}

/** One carrier. Everything above it speaks only these words. */
export interface Carrier {
  id: string;
  caps: { nativeMaxParticipants: number; textMax: number };
  /** Exactly one attempt, never repeated by the adapter. */
  sendGroup: (message: GroupSend) => Promise<SendOutcome>;
  /** Exactly one attempt as well. */
  sendText: (message: DirectSend) => Promise<SendOutcome>;
  /** Throws `WebhookRefusedError` on a bad or stale signature. */
  verify: (request: { rawBody: string; headers: Record<string, string> }) => Promise<VerifiedWebhook>;
  /** Pure: what a verified body says. */
  parse: (body: unknown) => CarrierEvent[];
}
