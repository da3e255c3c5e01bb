import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { v7 as newId } from "uuid";
import { startCarrier, type CarrierOptions, type RunningCarrier } from "@partyline/sandbox/carrier/start-carrier";
import { freePort } from "@partyline/sandbox/ports";
import { startBackend, type Backend } from "../backend.ts";
import { readConfig } from "../config.ts";
import type { WorkspaceFile } from "../workspace-file.ts";
import type { DatabasePlace, TestEngine } from "./databases.ts";
import { EXTENSION_REDIRECT_URI, signInOverHttp } from "./sign-in.ts";

export const API_KEY = "plk_test-key-of-the-sample-crm";
export const MAIN_LINE = "+14155550100";

/** A workspace with an admin, a user, and one with assigned data only. */
export const WORKSPACE: WorkspaceFile = {
  id: "01900000-0000-7000-8000-000000000001",
  name: "Harbor & Pine Realty",
  users: [
    demoUser("01900000-0000-7000-8000-0000000000a1", "Ava Brooks", "admin", false),
    demoUser("01900000-0000-7000-8000-0000000000a2", "Ben Carter", "user", false),
    demoUser("01900000-0000-7000-8000-0000000000a3", "Cleo Diaz", "user", true),
  ],
  numbers: [
    businessNumber("01900000-0000-7000-8000-0000000000b1", MAIN_LINE, { isDefault: true }),
    businessNumber("01900000-0000-7000-8000-0000000000b2", "+14155550101", {
      assignedTo: "01900000-0000-7000-8000-0000000000a2",
    }),
    businessNumber("01900000-0000-7000-8000-0000000000b3", "+14155550102", {}),
    businessNumber("01900000-0000-7000-8000-0000000000b4", "+18885550199", {}),
  ],
  directory: { kind: "built_in" },
  apiKeys: [{ id: "01900000-0000-7000-8000-0000000000c1", label: "Sample CRM", sha256: sha256(API_KEY) }],
};

function demoUser(
  id: string,
  name: string,
  role: "admin" | "user",
  assignedDataOnly: boolean,
): WorkspaceFile["users"][number] {
  const first = name.split(" ")[0]?.toLowerCase() ?? "";
  return { id, name, email: `${first}@harborpine.example`, role, assignedDataOnly, crmUserId: `u-${first}` };
}

function businessNumber(
  id: string,
  number: string,
  rest: Partial<WorkspaceFile["numbers"][number]>,
): WorkspaceFile["numbers"][number] {
  return { id, number, label: null, isDefault: false, assignedTo: null, connected: true, mms: true, ...rest };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

export interface TestBackend extends Backend {
  carrier: RunningCarrier;
  /** Lines the backend logged, parsed. */
  log: Record<string, unknown>[];
  /** An access token of a demo user, by first name. */
  tokenOf: (firstName: "ava" | "ben" | "cleo") => Promise<string>;
  /** What its process would be given. */
  environment: Record<string, string>;
  /** How far the backend's clock is ahead of everybody else's. */
  setAhead: (ms: number) => void;
  /** Stops the backend alone. */
  stop: () => Promise<void>;
  /** Stops the backend alone, if it runs, and starts it again on the same database and port. */
  restart: () => Promise<void>;
}

export interface TestBackendOptions {
  environment?: Record<string, string>;
  carrier?: Partial<CarrierOptions>;
  workspace?: WorkspaceFile;
  /** For a neighbour that has to know the address before. */
  port?: number;
  /** False: jobs are stored and stay. */
  works?: boolean;
}

type Placer = Pick<TestEngine, "place">;

/** The real backend on a new database, with the emulated carrier as its only neighbour, over real sockets. */
export async function startTestBackend(engine: Placer, options: TestBackendOptions = {}): Promise<TestBackend> {
  const place = await engine.place();
  const port = options.port ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const carrier = await startCarrier({
    port: 0,
    apiKey: "carrier-key",
    webhook: { url: `${url}/webhooks/telnyx` },
    numbers: WORKSPACE.numbers.map(({ number }) => ({ phoneNumber: number })),
    delays: { sentMs: 10, finalizedMs: 30, webhookRetryMs: 100 },
    ...options.carrier,
  });
  const { folder, workspaceFile } = await keepWorkspace(options.workspace ?? WORKSPACE);
  const log: Record<string, unknown>[] = [];
  let ahead = 0;
  const environment = environmentOf(place, { port, url, carrier, workspaceFile, options });
  const start = () =>
    startBackend(readConfig(environment), {
      log: logInto(log),
      now: () => new Date(Date.now() + ahead),
      works: options.works ?? true,
    });
  let backend = await start();
  return {
    get context() {
      return backend.context;
    },
    url,
    carrier,
    log,
    environment,
    tokenOf: async (firstName) => {
      const tokens = await signInOverHttp(url, { demo: `${firstName}@harborpine.example` });
      return tokens.access_token;
    },
    setAhead: (ms) => (ahead = ms),
    stop: () => backend.close(),
    restart: async () => {
      await backend.close();
      backend = await start();
    },
    close: async () => {
      await backend.close();
      await carrier.close();
      await place.remove();
      await rm(folder, { recursive: true });
    },
  };
}

function environmentOf(
  place: DatabasePlace,
  facts: { port: number; url: string; carrier: RunningCarrier; workspaceFile: string; options: TestBackendOptions },
): Record<string, string> {
  const { databaseUrl, dataFolder } = place.config;
  return {
    PORT: String(facts.port),
    PUBLIC_URL: facts.url,
    ...(databaseUrl === undefined ? { PARTYLINE_DATA: dataFolder } : { DATABASE_URL: databaseUrl }),
    PARTYLINE_SECRET: "a secret of more than thirty-two characters",
    PARTYLINE_SANDBOX: "1",
    PARTYLINE_WORKSPACE: facts.workspaceFile,
    EXTENSION_REDIRECTS: EXTENSION_REDIRECT_URI,
    TELNYX_API_KEY: "carrier-key",
    TELNYX_PUBLIC_KEY: facts.carrier.publicKey,
    TELNYX_API_URL: `${facts.carrier.url}/v2`,
    ...facts.options.environment,
  };
}

async function keepWorkspace(workspace: WorkspaceFile): Promise<{ folder: string; workspaceFile: string }> {
  const folder = await mkdtemp(join(tmpdir(), "partyline-workspace-"));
  const workspaceFile = join(folder, "workspace.json");
  await writeFile(workspaceFile, JSON.stringify(workspace));
  return { folder, workspaceFile };
}

function logInto(lines: Record<string, unknown>[]) {
  return pino({ level: "debug" }, { write: (line: string) => lines.push(JSON.parse(line) as Record<string, unknown>) });
}

export interface Answer<Body = unknown> {
  status: number;
  body: Body;
  /** The body as it came. */
  text: string;
  headers: Headers;
}

/** Speaks to the backend as a client would; writes get an idempotency key unless they bring one. */
export function clientOf(url: string, token: string | null) {
  return async function call<Body = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<Body>> {
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(method === "GET" ? {} : { "idempotency-key": newId() }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: (text === "" ? null : JSON.parse(text)) as Body,
      text,
      headers: response.headers,
    };
  };
}

/** Polls until something is so; fails with what it last saw. */
export async function eventually<Value>(
  look: () => Promise<Value>,
  isSo: (value: Value) => boolean,
  withinMs = 10_000,
): Promise<Value> {
  const end = Date.now() + withinMs;
  for (;;) {
    const value = await look();
    if (isSo(value)) return value;
    if (Date.now() > end) throw new Error(`it never became so; last seen: ${JSON.stringify(value)}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 25);
    });
  }
}
