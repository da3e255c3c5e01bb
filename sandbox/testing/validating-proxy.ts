import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../ports.ts";

const ROOT = join(import.meta.dirname, "../..");
const PRISM = join(ROOT, "node_modules/@stoplight/prism-cli/dist/index.js");

/** A vendor's API description by its file's name, or null where the descriptions are not at hand: such tests are then skipped. */
export function vendorDescription(file: string): string | null {
  const folder = process.env["PARTYLINE_SPECS"] ?? join(ROOT, "../shared/data/openapi");
  const path = join(folder, file);
  return existsSync(path) ? path : null;
}

export interface ValidatingProxy {
  url: string;
  close: () => void;
}

/** Refuses every request and answer between a client and `upstream` that is not as the description says. */
export async function startValidatingProxy(description: string, upstream: string): Promise<ValidatingProxy> {
  const port = await freePort();
  const flags = ["--errors", "--port", String(port), "--host", "127.0.0.1"];
  const prism = spawn(process.execPath, [PRISM, "proxy", description, upstream, ...flags], { stdio: "pipe" });
  await listening(prism);
  return { url: `http://127.0.0.1:${port}`, close: () => prism.kill() };
}

function listening(prism: ChildProcess): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let said = "";
  const hear = (chunk: Buffer) => {
    said += chunk.toString();
    if (said.includes("Prism is listening")) resolve();
  };
  prism.stdout?.on("data", hear);
  prism.stderr?.on("data", hear);
  prism.once("exit", (code) => reject(new Error(`The validating proxy ended with ${code}: ${said}`)));
  return promise;
}
