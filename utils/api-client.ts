import ky, { isNetworkError, isTimeoutError, type Options } from "ky";
import { Problem } from "@partyline/contract/problem";
import { allow, refuse, type Result } from "@partyline/domain/result";
import type { z } from "zod";
import type { CallRefusal } from "./command.ts";

export interface ApiClient {
  get<Value>(path: string, schema: z.ZodType<Value>, options?: GetOptions): Promise<Result<Value, CallRefusal>>;
  /** Only what differs from the answer that carried this tag; null where nothing does. */
  getChanged<Value>(path: string, schema: z.ZodType<Value>, tag: string | null): Promise<Changed<Value>>;
  /** `key` is the command's id: the backend does the same key only once. */
  write<Value>(request: WriteRequest, schema: z.ZodType<Value>): Promise<Result<Value, CallRefusal>>;
}

type Changed<Value> = Result<{ value: Value; tag: string | null } | null, CallRefusal>;

export interface GetOptions {
  query?: Record<string, string | number>;
  timeoutMs?: number;
  signal?: AbortSignal;
}

export interface WriteRequest {
  method: "POST" | "PUT" | "PATCH" | "DELETE";
  path: string;
  key: string;
  body?: unknown;
}

/** What the client needs of the world: where the backend is, and leave to talk to it. */
export interface ApiAccess {
  backend(): Promise<string | null>;
  mayReach(backend: string): Promise<boolean>;
  accessToken(): Promise<Result<string, CallRefusal>>;
  /** Another token after this one was found to be too old. */
  renewToken(stale: string): Promise<Result<string, CallRefusal>>;
}

const TIMEOUT_MS = 15_000;

export interface Answer {
  status: number;
  /** A symbol where it was not JSON. */
  body: unknown;
  /** Names this answer among all that the same question may get. */
  tag: string | null;
}
type Send = (token: string) => Promise<Result<Answer, CallRefusal>>;

/**
 * The backend's API as Results. It never tries again by itself: the outbox and the sync know when that is right. The
 * one exception is a token that ran out, which says that nothing was done yet.
 */
export function createApiClient(access: ApiAccess): ApiClient {
  async function ask(request: Request): Promise<Result<Answered, CallRefusal>> {
    const backend = await access.backend();
    if (backend === null) return refuse({ reason: "signed_out" });
    if (!(await access.mayReach(backend))) return refuse({ reason: "no_permission", origin: new URL(backend).origin });
    const answer = await withToken(access, (token) => send(backend, request, token));
    return answer.ok ? allow({ answer: answer.value, backend }) : answer;
  }
  async function call<Value>(request: Request, schema: z.ZodType<Value>): Promise<Result<Value, CallRefusal>> {
    const asked = await ask(request);
    return asked.ok ? readAnswer(asked.value, schema) : asked;
  }
  return {
    get: (path, schema, options = {}) => call({ method: "GET", path, ...options }, schema),
    async getChanged(path, schema, tag) {
      const asked = await ask({ method: "GET", path, ...(tag !== null && { tag }) });
      if (!asked.ok) return asked;
      if (asked.value.answer.status === NOT_MODIFIED) return allow(null);
      const read = readAnswer(asked.value, schema);
      return read.ok ? allow({ value: read.value, tag: asked.value.answer.tag }) : read;
    },
    write: (request, schema) => call(request, schema),
  };
}

const NOT_MODIFIED = 304;

type Request = {
  method: "GET" | WriteRequest["method"];
  path: string;
  key?: string;
  body?: unknown;
  tag?: string;
} & GetOptions;

interface Answered {
  answer: Answer;
  backend: string;
}

async function withToken(access: ApiAccess, send: Send): Promise<Result<Answer, CallRefusal>> {
  const token = await access.accessToken();
  if (!token.ok) return token;
  const first = await send(token.value);
  if (!first.ok || problemCode(first.value) !== "token_expired") return first;
  const renewed = await access.renewToken(token.value);
  return renewed.ok ? send(renewed.value) : renewed;
}

function send(backend: string, request: Request, token: string): Promise<Result<Answer, CallRefusal>> {
  return exchange(new URL(request.path, backend), {
    method: request.method,
    timeout: request.timeoutMs ?? TIMEOUT_MS,
    headers: headersOf(request, token),
    ...(request.query && { searchParams: request.query }),
    ...(request.body !== undefined && { json: request.body }),
    ...(request.signal && { signal: request.signal }),
  });
}

function headersOf({ key, tag }: Request, token: string): Record<string, string> {
  return {
    authorization: `Bearer ${token}`,
    accept: "application/json",
    ...(key !== undefined && { "idempotency-key": key }),
    ...(tag !== undefined && { "if-none-match": tag }),
  };
}

/** One HTTP exchange, tried once: a status and what the body said as JSON, or that nobody answered. */
export async function exchange(url: URL, options: Options): Promise<Result<Answer, CallRefusal>> {
  try {
    const response = await ky(url, {
      retry: 0,
      throwHttpErrors: false,
      timeout: TIMEOUT_MS,
      // Another server's sign-in page or a captive portal is no answer of ours.
      redirect: "manual",
      credentials: "omit",
      cache: "no-store",
      ...options,
    });
    return allow({
      status: response.status,
      body: parseJson(await response.text()),
      tag: response.headers.get("etag"),
    });
  } catch (error) {
    if (isNobodyThere(error)) return refuse({ reason: "unreachable", backend: url.origin });
    throw error;
  }
}

/** The body may still break off after ky is done: a bare TypeError then, and an AbortError when we gave up ourselves. */
function isNobodyThere(error: unknown): boolean {
  if (isTimeoutError(error) || isNetworkError(error) || error instanceof TypeError) return true;
  return error instanceof Error && error.name === "AbortError";
}

const NOT_JSON = Symbol("not JSON");

function parseJson(text: string): unknown {
  if (text === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return NOT_JSON;
  }
}

function readAnswer<Value>({ answer, backend }: Answered, schema: z.ZodType<Value>): Result<Value, CallRefusal> {
  const stranger = refuse<CallRefusal>({ reason: "not_a_backend", backend });
  if (answer.status >= 200 && answer.status < 300) {
    const value = schema.safeParse(answer.body);
    return value.success ? allow(value.data) : stranger;
  }
  const problem = Problem.safeParse(answer.body);
  return problem.success ? refuse(readProblem(problem.data)) : stranger;
}

const SIGNED_OUT: ReadonlySet<string> = new Set(["not_signed_in", "token_invalid", "token_expired", "session_revoked"]);

function readProblem(problem: Problem): CallRefusal {
  if (SIGNED_OUT.has(problem.code)) return { reason: "signed_out" };
  return {
    reason: "problem",
    code: problem.code,
    detail: problem.detail ?? null,
    refusal: problem.refusal ?? null,
    groupId: problem.groupId ?? null,
    retryAfter: problem.retryAfter ?? null,
  };
}

function problemCode(answer: Answer): string | null {
  const problem = Problem.safeParse(answer.body);
  return problem.success ? problem.data.code : null;
}
