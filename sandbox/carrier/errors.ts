import type { ContentfulStatusCode } from "hono/utils/http-status";

/** The vendor's codes this carrier uses, with the vendor's titles. */
const TITLES: Record<string, string> = {
  "10003": "Invalid URL",
  "10004": "Missing required parameter",
  "10005": "Resource not found",
  "10007": "Unexpected error",
  "10009": "Authentication failed",
  "10011": "Too many requests",
  "10015": "Bad Request",
  "40001": "Not routable",
  "40002": "Blocked as spam - temporary",
  "40005": "Message expired during transmission",
  "40008": "Undeliverable",
  "40010": "Not 10DLC registered",
  "40012": "Invalid messaging destination number",
  "40300": "Blocked due to STOP message",
  "40302": "Message too large",
  "40305": "Invalid 'from' address",
  "40308": "Invalid 'from' address for MMS",
  "40310": "Invalid 'to' address",
  "40317": "Invalid MMS content",
  "40318": "Message queue full",
  "40333": "Messaging profile spend limit reached",
};

export function titleOf(code: string): string {
  return TITLES[code] ?? "Unexpected error";
}

/** A refusal in the vendor's words. */
export interface WireError {
  status: ContentfulStatusCode;
  code: string;
  detail: string;
  pointer?: string;
}

export function wireErrorBody(error: WireError): { errors: object[] } {
  const source = error.pointer === undefined ? {} : { source: { pointer: error.pointer } };
  return { errors: [{ code: error.code, title: titleOf(error.code), detail: error.detail, meta: {}, ...source }] };
}

/** A call that cannot be served: the wire answers with `error`. */
export class RefusedCall extends Error {
  override name = "RefusedCall";
  readonly error: WireError;

  constructor(error: WireError) {
    super(error.detail);
    this.error = error;
  }
}

export function badRequest(code: string, detail: string, pointer: string): RefusedCall {
  return new RefusedCall({ status: 400, code, detail, pointer });
}
