import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { afterEach, describe, expect, test } from "vitest";
import { databases, type DatabasePlace } from "../../testing/databases.ts";
import { DataFolderCorruptError, DataFolderInUseError, DataFolderUnusableError } from "../errors.ts";
import { type DatabasePool, openPool } from "../pool.ts";
import { DurableFiles } from "./durable-files.ts";
import { commitsReachTheDisk, openEngine } from "./pglite.ts";

const [embedded] = databases;
const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function place(): Promise<DatabasePlace> {
  const made = await embedded!.place();
  cleanUps.push(made.remove);
  return made;
}

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "partyline-folder-"));
  cleanUps.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function open(dataFolder: string): Promise<DatabasePool> {
  const database = await openPool({ dataFolder, onError: () => undefined });
  cleanUps.push(database.close);
  return database;
}

function filesIn(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true }).map(String);
  // A cache the engine makes again whenever it starts.
  return files.filter((file) => !file.endsWith("pg_internal.init"));
}

/** Starts a process that writes until it is killed; `acknowledged` grows as it is promised commits. */
function startWriter(dataFolder: string) {
  const child = fork(new URL("../../testing/embedded-writer.ts", import.meta.url), [dataFolder], { silent: true });
  cleanUps.push(() => child.kill("SIGKILL"));
  const acknowledged: string[] = [];
  child.on("message", (id) => acknowledged.push(id as string));
  let complaint = "";
  child.stderr?.on("data", (text) => (complaint += String(text)));
  return {
    acknowledged,
    complaint: () => complaint,
    ended: once(child, "exit"),
    kill: async () => {
      child.kill("SIGKILL");
      await once(child, "exit");
    },
    untilAcknowledged: async (count: number) => {
      while (acknowledged.length < count) await once(child, "message");
    },
  };
}

describe("a new data folder", () => {
  test("is made with everything above it, and finds its data again", async () => {
    const folder = join(emptyFolder(), "deep", "inside");
    const first = await open(folder);
    await first.pool.query("create table kept as select 42 as answer");
    await first.close();
    const again = await open(folder);
    expect((await again.pool.query("select answer from kept")).rows).toEqual([{ answer: 42 }]);
  });

  test("is finished by the next start when the first was cut short", async () => {
    const folder = emptyFolder();
    mkdirSync(join(folder, "database.new", "base"), { recursive: true });
    writeFileSync(join(folder, "database.new", "PG_VERSION"), "18\n");
    const database = await open(folder);
    expect((await database.pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
    expect(existsSync(join(folder, "database.new"))).toBe(false);
  });
});

describe("one folder, two processes", () => {
  test("the second is refused with a sentence, and the first goes on", async () => {
    const { config } = await place();
    const writer = startWriter(config.dataFolder);
    await writer.untilAcknowledged(1);
    await expect(open(config.dataFolder)).rejects.toThrow(new DataFolderInUseError(config.dataFolder).message);
    await writer.untilAcknowledged(writer.acknowledged.length + 10);
  });

  test("the refusal reaches the terminal of the second process", async () => {
    const { config } = await place();
    await open(config.dataFolder);
    const second = startWriter(config.dataFolder);
    const [code] = await second.ended;
    expect(code).not.toBe(0);
    expect(second.complaint()).toContain(`The data folder ${config.dataFolder} is in use by another Partyline process`);
  });
});

describe("durability", () => {
  test("nothing acknowledged is lost when the process is killed under load, again and again", async () => {
    const { config } = await place();
    const acknowledged: string[] = [];
    for (let round = 1; round <= 4; round += 1) {
      const writer = startWriter(config.dataFolder);
      await writer.untilAcknowledged(100 * round);
      await writer.kill();
      acknowledged.push(...writer.acknowledged);
    }
    const database = await open(config.dataFolder);
    const { rows } = await database.pool.query("select count(*) as found from receipt where id = any($1::uuid[])", [
      acknowledged,
    ]);
    expect(acknowledged.length).toBeGreaterThanOrEqual(1_000);
    expect(rows).toEqual([{ found: acknowledged.length }]);
  }, 120_000);

  test("commits wait for the disk, with the settings that make them", async () => {
    const { config } = await place();
    const database = await open(config.dataFolder);
    const { rows } = await database.pool.query(
      "select name, setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit', 'wal_sync_method') order by name",
    );
    expect(rows.map(({ name, setting }) => `${name}=${setting}`)).toEqual([
      "fsync=on",
      "full_page_writes=on",
      "synchronous_commit=on",
      "wal_sync_method=fsync",
    ]);
  });

  test("an engine whose commits do not reach the disk is found out", async () => {
    const files = new DurableFiles(emptyFolder());
    const forgetful = await PGlite.create();
    expect(await commitsReachTheDisk({ engine: forgetful, files })).toBe(false);
    await forgetful.close();
    const { config } = await place();
    const durable = await openEngine(join(config.dataFolder, "database"));
    expect(await commitsReachTheDisk(durable)).toBe(true);
    await durable.engine.close();
  });
});

describe("a damaged data folder", () => {
  test.each([
    ["a control file cut short", (data: string) => truncateSync(join(data, "global", "pg_control"), 100)],
    ["no control file", (data: string) => rmSync(join(data, "global", "pg_control"))],
    ["no log", (data: string) => rmSync(join(data, "pg_wal"), { recursive: true })],
    ["a foreign version", (data: string) => writeFileSync(join(data, "PG_VERSION"), "12\n")],
    ["no version", (data: string) => rmSync(join(data, "PG_VERSION"))],
    ["an emptied catalogue", (data: string) => rmSync(join(data, "base"), { recursive: true })],
  ])("with %s is named with its cause and a cure, and keeps every file", async (_, damage) => {
    const { config } = await place();
    const data = join(config.dataFolder, "database");
    damage(data);
    const files = filesIn(data);
    const opening = open(config.dataFolder);
    await expect(opening).rejects.toThrow(DataFolderCorruptError);
    await expect(opening).rejects.toThrow(
      /^The database in \S+ cannot be opened: [^.]{10,}\. Nothing was deleted\. Restore the folder from a backup, or /u,
    );
    await expect(opening).rejects.toThrow(config.dataFolder);
    const left = new Set(filesIn(data));
    expect(files.filter((file) => !left.has(file))).toEqual([]);
  });

  test("can be opened after it is repaired, for the failed attempt let go of the folder", async () => {
    const { config } = await place();
    const version = join(config.dataFolder, "database", "PG_VERSION");
    writeFileSync(version, "12\n");
    await expect(open(config.dataFolder)).rejects.toThrow(DataFolderCorruptError);
    writeFileSync(version, "18\n");
    const database = await open(config.dataFolder);
    expect((await database.pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
  });
});

test("a file in the folder's place is named", async () => {
  const file = join(emptyFolder(), "not-a-folder");
  writeFileSync(file, "");
  await expect(open(file)).rejects.toThrow(DataFolderUnusableError);
});

test("answers are not kept after they were given", async () => {
  const { config } = await place();
  const database = await open(config.dataFolder);
  const ask = () => database.pool.query("select repeat('x', 1000000)");
  for (let i = 0; i < 20; i += 1) await ask();
  const before = process.memoryUsage().rss;
  for (let i = 0; i < 300; i += 1) await ask();
  expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
});
