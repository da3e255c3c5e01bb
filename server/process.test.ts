import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { v7 as newId } from "uuid";
import type { Message } from "@partyline/contract/message";
import { clientOf, eventually } from "./testing/backend.ts";
import { freePort } from "@partyline/sandbox/ports";
import { spawnBackend, type BackendProcess } from "./testing/backend-process.ts";
import { databases } from "./testing/databases.ts";
import { freshNumbers, openOffice, type Office } from "./testing/office.ts";

const ENVIRONMENT = {
  PARTYLINE_SECRET: "a secret of more than thirty-two characters",
  TELNYX_API_KEY: "KEY",
  TELNYX_PUBLIC_KEY: `${"A".repeat(43)}=`,
};

/** Starts a backend that has to fail, and gives what it says. */
async function failedStart(environment: Record<string, string>): Promise<string> {
  const started = spawnBackend(environment);
  expect(await started.ended).toBe(1);
  expect(started.output()).not.toMatch(/^\s+at /m);
  return started.output().trim();
}

describe("a backend that cannot start", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "partyline-data-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test("for want of configuration names each variable", async () => {
    const said = await failedStart({});
    for (const name of ["PARTYLINE_SECRET", "TELNYX_API_KEY", "TELNYX_PUBLIC_KEY"])
      expect(said).toContain(`${name}: is not set`);
  });

  test("for a data folder that is damaged names it, and touches nothing in it", async () => {
    const data = join(folder, "damaged");
    mkdirSync(join(data, "database", "base"), { recursive: true });
    writeFileSync(join(data, "database", "PG_VERSION"), "seventeen?");
    const said = await failedStart({ ...ENVIRONMENT, PORT: "0", PARTYLINE_DATA: data });
    expect(said).toMatch(/^The database in \S+damaged cannot be opened: .+ Nothing was deleted\. Restore the folder/);
    expect(readFileSync(join(data, "database", "PG_VERSION"), "utf8")).toBe("seventeen?");
  });

  test("for a workspace file that is not one names it and what is wrong", async () => {
    const file = join(folder, "workspace.json");
    writeFileSync(file, JSON.stringify({ id: "x" }));
    const said = await failedStart({
      ...ENVIRONMENT,
      PORT: "0",
      PARTYLINE_DATA: join(folder, "a"),
      PARTYLINE_WORKSPACE: file,
    });
    expect(said).toContain(`The workspace file ${file} is not usable. id:`);
  });

  test("for a PostgreSQL that does not answer names where it looked", async () => {
    const port = await freePort();
    const said = await failedStart({
      ...ENVIRONMENT,
      PORT: "0",
      DATABASE_URL: `postgres://ava:swordfish@127.0.0.1:${port}/partyline`,
    });
    expect(said).toContain(`PostgreSQL at 127.0.0.1:${port}/partyline cannot be reached`);
    expect(said).not.toContain("swordfish");
  });
});

const KILLS = 2;
const WRITERS = 3;
/** Each kill is a start of a whole process, and the last messages wait for their carrier's reports. */
const PATIENCE_MS = 240_000;

describe.each(databases)("a backend process on $name", (engine) => {
  let office: Office;
  let running: BackendProcess;
  let ava: Office["ava"];

  beforeAll(async () => {
    office = await openOffice(engine, {
      environment: { SENDS_PER_MINUTE: "100000", UNKNOWN_AFTER_MS: "2000", LOG_LEVEL: "error" },
    });
    ava = clientOf(office.backend.url, await office.backend.tokenOf("ava"));
  });
  afterAll(() => office.close());

  async function start(): Promise<void> {
    running = spawnBackend(office.backend.environment);
    await running.ready;
  }

  /** Sends until told to stop, repeating each message until it is answered, as the outbox does. */
  async function writer(groupId: string, number: number, isOver: () => boolean): Promise<Message[]> {
    const acknowledged: Message[] = [];
    for (let count = 0; !isOver(); count += 1) {
      const message = { id: newId(), text: `Writer ${number} of ${groupId.slice(-6)} number ${count}` };
      const headers = { "idempotency-key": message.id };
      for (;;) {
        const answer = await ava<Message>("POST", `/v1/groups/${groupId}/messages`, message, headers).catch(() => null);
        if (answer?.status === 202) {
          acknowledged.push(answer.body);
          break;
        }
        if (answer !== null) expect(answer.status).toBe(503);
        await new Promise((resolve) => {
          setTimeout(resolve, 50);
        });
      }
    }
    return acknowledged;
  }

  test("says which port is taken", async () => {
    const place = await engine.place();
    const data =
      place.config.databaseUrl === undefined
        ? { PARTYLINE_DATA: place.config.dataFolder }
        : { DATABASE_URL: place.config.databaseUrl };
    const { PORT = "" } = office.backend.environment;
    const said = await failedStart({ ...ENVIRONMENT, PORT, ...data });
    expect(said).not.toContain('"level":50');
    expect(said).toContain(`Port ${PORT} is taken by another program. Stop it, or set PORT to a free one.`);
    await place.remove();
  });

  test(
    "that is killed at any moment loses nothing it acknowledged and sends nothing twice",
    async () => {
      const groups = await Promise.all(Array.from({ length: WRITERS }, () => office.openGroup(freshNumbers(2))));
      await office.backend.stop();
      await start();
      let over = false;
      const writing = groups.map(({ id }, number) => writer(id, number, () => over));
      for (let kill = 0; kill < KILLS; kill += 1) {
        await new Promise((resolve) => {
          setTimeout(resolve, 300 + Math.random() * 900);
        });
        running.child.kill("SIGKILL");
        expect(await running.ended).toBe("SIGKILL");
        await start();
      }
      over = true;
      const acknowledged = (await Promise.all(writing)).flat();
      expect(acknowledged.length).toBeGreaterThan(KILLS);

      const settled = async () => {
        const all = await Promise.all(
          groups.map(
            async ({ id }) =>
              (await ava<{ messages: Message[] }>("GET", `/v1/groups/${id}/messages?limit=200`)).body.messages,
          ),
        );
        return all.flat();
      };
      const stored = await eventually(
        settled,
        (messages) =>
          messages.every(({ deliveries }) =>
            deliveries.every(({ state }) => state === "delivered" || state === "unconfirmed"),
          ),
        120_000,
      );
      const known = new Set(stored.map(({ id }) => id));
      expect(acknowledged.filter(({ id }) => !known.has(id))).toEqual([]);
      expect(known.size).toBe(stored.length);
      for (const { id } of groups) {
        const seqs = stored.filter(({ groupId }) => groupId === id).map(({ seq }) => seq);
        expect(seqs).toEqual(seqs.map((_, index) => index + 1));
      }
      const { sends } = await office.carrier<{ sends: { text: string }[] }>("GET", "/state");
      const times = Map.groupBy(sends, ({ text }) => text);
      expect([...times].filter(([, calls]) => calls.length > 1).map(([text]) => text)).toEqual([]);

      running.child.kill("SIGTERM");
      expect(await running.ended).toBe(0);
      expect(running.output()).not.toMatch(/Writer \d of|\+1\d{10}/);
      await office.backend.restart();
    },
    PATIENCE_MS,
  );
});
