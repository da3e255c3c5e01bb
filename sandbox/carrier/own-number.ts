import { createHash } from "node:crypto";

/** A business number rented from the emulated carrier. */
export interface OwnNumber {
  /** E.164, such as `+14155550100`. */
  phoneNumber: string;
  type?: "long-code" | "toll-free";
  /** Without MMS a number cannot carry a group. */
  mms?: boolean;
  /** Numbers sharing a profile share their opt-outs. Each has its own when absent. */
  messagingProfileId?: string;
}

export function profileOf(own: OwnNumber): string {
  return own.messagingProfileId ?? stableUuid(`profile ${own.phoneNumber}`);
}

/** A UUID that is the same on every start, for things that are configured rather than created. */
export function stableUuid(name: string): string {
  const hex = createHash("sha256").update(name).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
