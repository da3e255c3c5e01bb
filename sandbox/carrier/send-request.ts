import type { Carrier } from "./carrier.ts";
import { badRequest, RefusedCall } from "./errors.ts";
import { MAGIC_NUMBERS, type Magic } from "./magic-numbers.ts";
import type { OwnNumber } from "./own-number.ts";
import type { Send } from "./state.ts";

/** What a valid call asks for. */
export interface SendRequest {
  kind: Send["kind"];
  own: OwnNumber;
  to: string[];
  text: string;
  subject: string | null;
  mediaUrls: string[];
  webhookUrl: string | null;
  webhookFailoverUrl: string | null;
  useProfileWebhooks: boolean;
}

type Body = Record<string, unknown>;

/** The vendor's description allows these fields and no other. */
const GROUP_FIELDS = "from to text subject media_urls webhook_url webhook_failover_url use_profile_webhooks".split(" ");
const DIRECT_FIELDS = [...GROUP_FIELDS, ..."auto_detect encoding messaging_profile_id send_at type".split(" ")];

const GROUP_MIN = 2;
const GROUP_MAX = 8;
const MEDIA_MAX_ITEMS = 10;
const SMS_MAX_PARTS = 10;

/** Reads and checks a call the way the vendor does. Throws `RefusedCall` for the first fault found. */
export function readSendRequest(carrier: Carrier, kind: Send["kind"], body: Body): SendRequest {
  checkFields(body, kind === "group" ? GROUP_FIELDS : DIRECT_FIELDS);
  const own = readFrom(carrier, kind, body["from"]);
  const to = kind === "group" ? readGroupTo(body["to"]) : readDirectTo(body["to"]);
  const mediaUrls = readMedia(body["media_urls"]);
  return {
    kind,
    own,
    to,
    mediaUrls,
    text: readText(body["text"], kind, mediaUrls.length > 0),
    subject: typeof body["subject"] === "string" ? body["subject"] : null,
    webhookUrl: readWebhookUrl(body, "webhook_url"),
    webhookFailoverUrl: readWebhookUrl(body, "webhook_failover_url"),
    useProfileWebhooks: body["use_profile_webhooks"] !== false,
  };
}

/** Refuses members who have opted out, if this carrier refuses the whole call for one of them. */
export function refuseBlocked(carrier: Carrier, request: SendRequest): void {
  const always = request.kind === "direct" || carrier.behaviour.blockedMember === "rejects";
  const blocked = request.to.filter((number) => carrier.isBlocked(request.own, number));
  if (blocked.length === 0 || (!always && blocked.length < request.to.length)) return;
  const from = request.own.phoneNumber;
  const detail = `Messages cannot be sent from '${from}' to '${blocked.join("', '")}' due to an existing block rule.`;
  throw new RefusedCall({ status: 409, code: "40300", detail, pointer: "/to" });
}

/** What the numbers texted bring about by themselves. */
export function magicOf(numbers: readonly string[]): Magic[] {
  return numbers.map((number) => MAGIC_NUMBERS[number]).filter((magic) => magic !== undefined);
}

function checkFields(body: Body, allowed: readonly string[]): void {
  const unknown = Object.keys(body).find((field) => !allowed.includes(field));
  if (unknown !== undefined) throw badRequest("10015", `Unknown parameter '${unknown}'.`, `/${unknown}`);
}

function readFrom(carrier: Carrier, kind: Send["kind"], from: unknown): OwnNumber {
  if (from === undefined) throw badRequest("10004", "The 'from' parameter is required.", "/from");
  const own = typeof from === "string" ? carrier.own(from) : undefined;
  if (!own) throw badRequest("40305", "The 'from' address should be a phone number of this account.", "/from");
  const carriesGroups = own.mms !== false && own.type !== "toll-free";
  if (kind === "group" && !carriesGroups) throw badRequest("40308", "Group MMS needs a long code with MMS.", "/from");
  return own;
}

function readGroupTo(to: unknown): string[] {
  if (!Array.isArray(to)) throw badRequest("10015", "'to' must be an array of destinations.", "/to");
  const listed: unknown[] = to;
  if (listed.length < GROUP_MIN || listed.length > GROUP_MAX) {
    throw badRequest("10015", `Destination number array must have a length of ${GROUP_MIN} to ${GROUP_MAX}.`, "/to");
  }
  const numbers = listed.map((number, index) => readNumber(number, `/to/${index}`));
  if (new Set(numbers).size < numbers.length) throw badRequest("10015", "Destination numbers must be unique.", "/to");
  return numbers;
}

function readDirectTo(to: unknown): string[] {
  if (to === undefined) throw badRequest("10004", "The 'to' parameter is required.", "/to");
  if (Array.isArray(to)) throw badRequest("10015", "Destination number array must have a length of exactly 1.", "/to");
  return [readNumber(to, "/to")];
}

function readNumber(number: unknown, pointer: string): string {
  if (typeof number !== "string" || !/^\+\d{8,15}$/.test(number)) {
    throw badRequest("40310", "The 'to' address should be in +E.164 format.", pointer);
  }
  if (!/^\+1[2-9]\d{9}$/.test(number)) {
    throw badRequest("40012", "The destination number is not a number in the US or Canada.", pointer);
  }
  return number;
}

function readMedia(media: unknown): string[] {
  if (media === undefined) return [];
  if (!Array.isArray(media) || media.length > MEDIA_MAX_ITEMS) {
    throw badRequest("10015", `'media_urls' must be an array of at most ${MEDIA_MAX_ITEMS} URLs.`, "/media_urls");
  }
  return media.map((url: unknown, index) => readUrl(url, `/media_urls/${index}`));
}

function readText(text: unknown, kind: Send["kind"], withMedia: boolean): string {
  if (text === undefined && withMedia) return "";
  if (typeof text !== "string" || (text === "" && !withMedia)) {
    throw badRequest("10004", "A non-empty 'text' or 'media_urls' is required.", "/text");
  }
  // The narrow encoding allows the longest text; a text over even that is over in any encoding.
  const sms = kind === "direct" && !withMedia;
  if (sms && text.length > SMS_MAX_PARTS * 153) throw badRequest("40302", "The message exceeds 10 parts.", "/text");
  return text;
}

function readWebhookUrl(body: Body, field: string): string | null {
  return body[field] === undefined ? null : readUrl(body[field], `/${field}`);
}

function readUrl(value: unknown, pointer: string): string {
  const fine = typeof value === "string" && value.length <= 2000 && /^https?:\/\//.test(value) && URL.canParse(value);
  if (!fine) throw badRequest("10003", "The URL provided was invalid, malformed, or too long.", pointer);
  return value;
}
