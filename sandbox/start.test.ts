import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { freePorts, type Ports } from "./ports.ts";

/** `npm start` itself, without a display. */
let ports: Ports;
let folder: string;
const running: ChildProcess[] = [];

beforeEach(async () => {
  ports = await freePorts();
  folder = await mkdtemp(join(tmpdir(), "partyline-start-"));
});
afterEach(async () => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

function start(environment: Record<string, string> = {}) {
  const { DISPLAY: _x, WAYLAND_DISPLAY: _wayland, ...rest } = process.env;
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", join(import.meta.dirname, "start.ts")],
    {
      env: {
        ...rest,
        PORT: String(ports.backend),
        CRM_PORT: String(ports.crm),
        PHONES_PORT: String(ports.phones),
        PARTYLINE_DATA: folder,
        ...environment,
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  running.push(child);
  let said = "";
  child.stdout.on("data", (text: Buffer) => (said += text.toString()));
  child.stderr.on("data", (text: Buffer) => (said += text.toString()));
  const ended = new Promise<number | null>((resolve) => {
    child.once("close", resolve);
  });
  return { child, ended, said: () => said };
}

async function untilReady(run: ReturnType<typeof start>): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setInterval(() => {
    if (run.said().includes("Ctrl-C stops everything")) resolve();
    if (run.child.exitCode !== null) reject(new Error(run.said()));
  }, 50);
  await promise.finally(() => clearInterval(timer));
}

const contacts = async () => {
  const answer = await fetch(`http://127.0.0.1:${ports.crm}/api/contacts`);
  return (await answer.json()) as { contacts: { id: string; name: string }[] };
};

test(
  "without a display it says so, prints the addresses, serves, ends on Ctrl-C and finds its data again",
  { timeout: 180_000 },
  async () => {
    const first = start();
    await untilReady(first);
    expect(first.said()).toContain("There is no display here, so no window was opened.");
    expect(first.said()).toContain(`http://127.0.0.1:${ports.crm}/contacts`);
    const dana = (await contacts()).contacts.find(({ name }) => name === "Dana Wu");
    expect((await fetch(`http://127.0.0.1:${ports.phones}/`)).status).toBe(200);
    const deleted = await fetch(`http://127.0.0.1:${ports.crm}/api/contacts/${dana?.id}`, { method: "DELETE" });
    expect(deleted.ok).toBe(true);
    first.child.kill("SIGINT");
    expect(await first.ended).toBe(0);
    await expect(fetch(`http://127.0.0.1:${ports.backend}/healthz`)).rejects.toThrow("fetch failed");

    const second = start();
    await untilReady(second);
    const { contacts: kept } = await contacts();
    expect(kept).toHaveLength(239);
    expect(kept.map(({ name }) => name)).not.toContain("Dana Wu");
    second.child.kill("SIGTERM");
    expect(await second.ended).toBe(0);
  },
);

test("ended without a word, it takes the backend along", { timeout: 120_000 }, async () => {
  const run = start();
  await untilReady(run);
  run.child.kill("SIGKILL");
  await run.ended;
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setInterval(() => {
    fetch(`http://127.0.0.1:${ports.backend}/healthz`).catch(() => resolve());
  }, 100);
  await expect(promise.finally(() => clearInterval(timer))).resolves.toBeUndefined();
});

test("ended while it starts, it leaves nothing behind", { timeout: 120_000 }, async () => {
  const run = start();
  while (!run.said().includes("Starting the phone network")) await new Promise((resolve) => setTimeout(resolve, 20));
  run.child.kill("SIGINT");
  expect(await run.ended).toBe(130);
  const again = start();
  await untilReady(again);
  again.child.kill("SIGHUP");
  expect(await again.ended).toBe(0);
});

test.each([
  ["backend", "PORT"],
  ["crm", "CRM_PORT"],
  ["phones", "PHONES_PORT"],
] as const)("a taken port of the %s gets a sentence with the port and %s", async (part, variable) => {
  const squatter = createServer().listen(ports[part], "127.0.0.1");
  const run = start();
  expect(await run.ended).toBe(1);
  expect(run.said().trim()).toBe(
    `Port ${ports[part]} is taken by another program. Stop it, or choose another port with ${variable}, ` +
      `such as ${variable}=${ports[part] + 10} npm start.`,
  );
  squatter.close();
});

test("a port that is none is named with its variable", async () => {
  const run = start({ CRM_PORT: "eighty" });
  expect(await run.ended).toBe(1);
  expect(run.said()).toContain('CRM_PORT is "eighty", which is no port.');
});

test("two parts cannot share a port", async () => {
  const run = start({ CRM_PORT: String(ports.backend) });
  expect(await run.ended).toBe(1);
  expect(run.said().trim()).toBe("PORT, CRM_PORT and PHONES_PORT must be three different ports.");
});
