import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** What the sandbox's parts know each other by: made once for each data folder. */
export interface Secrets {
  backend: string;
  /** What the sample CRM shows the backend. */
  directoryKey: string;
  /** What the backend shows the carrier. */
  carrierKey: string;
}

export async function keepSecrets(dataFolder: string): Promise<Secrets> {
  const path = join(dataFolder, "sandbox-secrets.json");
  const kept = await readFile(path, "utf8").catch(() => null);
  if (kept !== null) return JSON.parse(kept) as Secrets;
  const secrets = { backend: random(), directoryKey: `plk_${random()}`, carrierKey: `KEY${random()}` };
  await mkdir(dataFolder, { recursive: true });
  await writeFile(path, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
}

function random(): string {
  return randomBytes(32).toString("base64url");
}
