import { setTimeout as sleepFor } from "node:timers/promises";
import {
  DirectoryAnswerError,
  DirectoryError,
  DirectoryLimitedError,
  DirectoryNotConnectedError,
  DirectoryOutcomeUnknownError,
  DirectoryUnavailableError,
} from "../directory.ts";
import { NoPlaceError, type LimitReport, type RequestGate, type Urgency } from "./request-gate.ts";

export interface CallConfig {
  apiUrl: string;
  timeoutMs: number;
  gate: RequestGate;
  /** How long somebody in front of a screen waits for an answer. */
  patienceMs?: number;
  /** The token to call with; `refused` names one the CRM has just refused, so that another one is got. */
  accessToken: (refused?: string) => Promise<string>;
  /** The CRM refuses even a new token. */
  onRefused: (token: string) => Promise<void>;
}

const VERSION = "2021-07-28";
/** How often a read that failed for no fault of ours is tried in all. */
const ATTEMPTS = 4;
const FIRST_PAUSE_MS = 250;
/** Past an interval of the vendor's, so that one refusal is got over; more than that nobody waits for. */
const PATIENCE_MS = 12_000;
/** With the gate's pauses between them, far more than it takes for an interval to pass. */
const LIMIT_REFUSALS_MAX = 12;
export interface Call {
  method: "GET" | "POST";
  path: string;
  urgency: Urgency;
  body?: object;
  /** Changes nothing, so that it may be repeated. */
  reads?: boolean;
}

export interface Answer {
  status: number;
  json: unknown;
  report: LimitReport;
}

/** One call, repeated as far as that is safe; its answer is a success or a refusal of this very request. */
export async function call(config: CallConfig, what: Call): Promise<Answer> {
  const patience = what.urgency === "now" ? (config.patienceMs ?? PATIENCE_MS) : Infinity;
  const tries: Tries = { failures: 0, limited: 0, refusedToken: undefined, deadline: Date.now() + patience };
  for (;;) {
    const token = await config.accessToken(tries.refusedToken);
    const outcome = await attempt(config, what, { token, deadline: tries.deadline }).catch((cause: unknown) =>
      unanswered(what, cause),
    );
    if (outcome instanceof DirectoryError) await mayFail(what, tries, outcome);
    else if (outcome.status === 429) mayWait(tries, outcome);
    else if (outcome.status === 401) await mayRenew(config, tries, token);
    else if (outcome.status >= 500 || outcome.json === undefined) await mayFail(what, tries, failureOf(what, outcome));
    else return outcome;
  }
}

function isRead({ method, reads }: Call): boolean {
  return method === "GET" || reads === true;
}

/** Nothing left this machine when not even a connection came about. */
const NEVER_SENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "UND_ERR_CONNECT_TIMEOUT"]);

function unanswered(what: Call, cause: unknown): DirectoryError {
  if (cause instanceof NoPlaceError) throw noPlace(cause);
  const { code } = ((cause as Error | undefined)?.cause ?? {}) as { code?: unknown };
  if (isRead(what) || NEVER_SENT.has(String(code))) return unavailable("The CRM cannot be reached.", cause);
  return new DirectoryOutcomeUnknownError("The CRM did not say whether it did this.", { cause });
}

function noPlace({ waitMs }: NoPlaceError): DirectoryError {
  if (waitMs === null) return unavailable("The CRM is too slow at the moment. Try again in a minute.");
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  return new DirectoryLimitedError(`HighLevel is limiting requests; try again in ${seconds} s.`, seconds);
}

/** A gateway before the CRM, whose answer is often no JSON, does not know what became of a write behind it. */
function failureOf(what: Call, answer: Answer): DirectoryError {
  const isGateway = answer.json === undefined || answer.status === 502 || answer.status === 504;
  if (isRead(what) || !isGateway) return refusalOf(answer);
  return new DirectoryOutcomeUnknownError(`The answer ${answer.status} does not say whether the CRM did this.`);
}

/** What went wrong with one call so far. */
interface Tries {
  failures: number;
  limited: number;
  refusedToken: string | undefined;
  /** When whoever waits gives up. */
  deadline: number;
}

async function mayFail(what: Call, tries: Tries, error: DirectoryError): Promise<void> {
  tries.failures += 1;
  const pauseMs = FIRST_PAUSE_MS * 2 ** (tries.failures - 1) * (0.5 + Math.random());
  if (!isRead(what) || tries.failures >= ATTEMPTS || Date.now() + pauseMs >= tries.deadline) throw error;
  await sleepFor(pauseMs);
}

/** The gate has heard of it, and lets the next attempt out when the interval is over. */
function mayWait(tries: Tries, { report }: Answer): void {
  tries.limited += 1;
  if (report.dailyLeft === 0) throw unavailable("The CRM takes no more calls today.");
  if (tries.limited > LIMIT_REFUSALS_MAX) throw unavailable("The CRM keeps refusing calls as too many.");
}

/** A token may end before its time; one that is new and still refused will not get better. */
async function mayRenew(config: CallConfig, tries: Tries, token: string): Promise<void> {
  if (tries.refusedToken === undefined) {
    tries.refusedToken = token;
    return;
  }
  await config.onRefused(token);
  throw new DirectoryNotConnectedError("The CRM refuses our access. An admin connects it again.");
}

async function attempt(
  { apiUrl, timeoutMs, gate }: CallConfig,
  what: Call,
  { token, deadline }: { token: string; deadline: number },
): Promise<Answer> {
  const leave = await gate.enter(what.urgency, deadline);
  let report: LimitReport | null = null;
  try {
    const response = await fetch(apiUrl + what.path, {
      method: what.method,
      headers: {
        accept: "application/json",
        authorization: `Bearer ${token}`,
        version: VERSION,
        ...(what.body && { "content-type": "application/json" }),
      },
      ...(what.body && { body: JSON.stringify(what.body) }),
      redirect: "error",
      signal: AbortSignal.timeout(Math.max(1, Math.min(timeoutMs, deadline - Date.now()))),
    });
    report = reportOf(response);
    const text = await response.text();
    return { status: response.status, json: parsed(text), report };
  } finally {
    leave(report);
  }
}

/** Nothing where it is not JSON, such as a proxy's own page. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function reportOf({ status, headers }: Response): LimitReport {
  const read = (name: string) => {
    const value = Number(headers.get(name) ?? Number.NaN);
    return Number.isFinite(value) && value >= 0 ? value : null;
  };
  const intervalMs = read("x-ratelimit-interval-milliseconds") || null;
  const retryAfter = read("retry-after");
  return {
    max: read("x-ratelimit-max") || null,
    remaining: read("x-ratelimit-remaining"),
    dailyLeft: read("x-ratelimit-daily-remaining"),
    intervalMs,
    pauseMs: status === 429 ? (retryAfter === null ? (intervalMs ?? 1000) : retryAfter * 1000) : null,
  };
}

/** Why an answer that is no success is none. */
export function refusalOf({ status }: Answer): DirectoryError {
  if (status === 403) {
    return new DirectoryNotConnectedError("The CRM does not let us read this location. Connect it with every scope.");
  }
  return status >= 500 || status < 300
    ? unavailable(`The CRM answers ${status}, and nothing that can be read.`)
    : new DirectoryAnswerError(`The CRM answers ${status} to a request that should be fine.`);
}

function unavailable(message: string, cause?: unknown): DirectoryUnavailableError {
  return new DirectoryUnavailableError(message, { cause });
}
