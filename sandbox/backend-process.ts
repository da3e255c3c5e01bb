import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { ROOT } from "./extension-build.ts";

export class BackendFailedError extends Error {
  override name = "BackendFailedError";
}

export interface BackendProcess {
  pid: number;
  /** Asks it to stop, and waits until it has. */
  stop: () => Promise<void>;
  /** Ends it as a power cut would. */
  kill: () => Promise<void>;
  /** Called when it ends without having been asked to. */
  onUnexpectedEnd: (listener: (why: string) => void) => void;
}

const READY_WITHIN_MS = 60_000;

/** Runs the backend as its own process, as an operator would, and waits until it is ready. */
export async function startBackendProcess(url: string, environment: Record<string, string>): Promise<BackendProcess> {
  const child = spawn(process.execPath, [join(ROOT, "server", "main.ts")], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    // The channel says nothing: its end tells the backend that we are gone, however that came.
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    // Ctrl-C reaches the whole foreground group; the backend is stopped by us, after what depends on it.
    detached: true,
  });
  let complaint = "";
  child.stderr?.on("data", (text: Buffer) => (complaint = (complaint + text.toString()).slice(-4000)));
  const ended = new Promise<void>((resolve) => {
    child.once("close", () => resolve());
  });
  const end = async (signal: NodeJS.Signals) => {
    child.removeAllListeners("exit");
    child.kill(signal);
    await ended;
  };
  await ready(url, child, () => complaint.trim());
  return {
    pid: child.pid ?? Number.NaN,
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
    onUnexpectedEnd: (listener) => child.once("exit", (code) => listener(complaint.trim() || `exit code ${code}`)),
  };
}

async function ready(url: string, child: ChildProcess, complaint: () => string): Promise<void> {
  const end = Date.now() + READY_WITHIN_MS;
  while (Date.now() < end) {
    if (child.exitCode !== null || child.signalCode !== null) throw new BackendFailedError(complaint());
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await delay(100);
  }
  child.kill("SIGKILL");
  throw new BackendFailedError(`The backend was not ready after ${READY_WITHIN_MS / 1000} seconds. ${complaint()}`);
}
