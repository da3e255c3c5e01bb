import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** `npm test`: every check there is, one after the other, and at the end one line that counts them all. */
interface Outcome {
  passed: number;
  failed: number;
}

const ROOT = join(import.meta.dirname, "..");
const BIN = join(ROOT, "node_modules", ".bin");

async function run(command: string, args: string[], environment: Record<string, string> = {}): Promise<boolean> {
  const child = spawn(command, args, {
    cwd: ROOT,
    stdio: "inherit",
    env: { ...process.env, ...environment },
    shell: process.platform === "win32",
  });
  const code = await new Promise((resolve) => {
    child.once("error", () => resolve(1));
    child.once("close", resolve);
  });
  return code === 0;
}

/** A check that is right or wrong as a whole counts as one. */
async function check(script: string): Promise<Outcome> {
  console.log(`\n── ${script}`);
  const passed = await run("npm", ["run", "--silent", script]);
  return passed ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** Unit, sandbox and server tests. */
async function vitest(folder: string): Promise<Outcome> {
  console.log("\n── vitest");
  const report = join(folder, "vitest.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const clean = await run(join(BIN, "vitest"), ["run", ...reporters]);
  const counts = await readReport<{ numPassedTests: number; numFailedTests: number }>(report);
  return honest(clean, { passed: counts?.numPassedTests ?? 0, failed: counts?.numFailedTests ?? 0 });
}

/** The built extension in real browsers. */
async function browsers(folder: string): Promise<Outcome> {
  console.log("\n── browsers");
  const report = join(folder, "playwright.json");
  const clean = await run(join(BIN, "playwright"), ["test", "--reporter=list,json"], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  });
  const counts = await readReport<{ stats: { expected: number; flaky: number; unexpected: number } }>(report);
  const { expected = 0, flaky = 0, unexpected = 0 } = counts?.stats ?? {};
  return honest(clean, { passed: expected, failed: unexpected + flaky });
}

async function readReport<Report>(path: string): Promise<Report | null> {
  return readFile(path, "utf8").then(
    (text) => JSON.parse(text) as Report,
    () => null,
  );
}

/** A run that broke off, or that ran nothing, is a failure even when no single test says so. */
function honest(clean: boolean, { passed, failed }: Outcome): Outcome {
  return clean && passed > 0 ? { passed, failed } : { passed, failed: Math.max(failed, 1) };
}

const folder = await mkdtemp(join(tmpdir(), "partyline-test-report-"));
const outcomes: Outcome[] = [];
for (const script of ["format:check", "lint", "types", "unused"]) outcomes.push(await check(script));
outcomes.push(await vitest(folder));
outcomes.push(await browsers(folder));
await rm(folder, { recursive: true });

const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
