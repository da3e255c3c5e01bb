import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export interface BackendProcess {
  child: ChildProcess;
  /** What it wrote, to either stream. */
  output: () => string;
  /** The exit code, or the name of the signal that ended it. */
  ended: Promise<number | string>;
  /** Resolves when it says that it is ready; rejects when it ends before. */
  ready: Promise<void>;
}

const MAIN = fileURLToPath(new URL("../main.ts", import.meta.url));

/** `node server/main.ts` with nothing but this environment. */
export function spawnBackend(environment: Record<string, string>): BackendProcess {
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env["PATH"] ?? "", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const ready = Promise.withResolvers<void>();
  const hear = (text: Buffer) => {
    output += text.toString();
    if (output.includes("is ready on")) ready.resolve();
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  const ended = new Promise<number | string>((resolve) => {
    child.once("close", (code, signal) => resolve(code ?? signal ?? "nothing"));
  });
  void ended.then((how) => ready.reject(new Error(`the backend ended with ${how}: ${output}`)));
  // Who waits only for the end is not to be bothered.
  ready.promise.catch(() => undefined);
  return { child, output: () => output, ended, ready: ready.promise };
}
