import { spawn } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";

/** `npm run tour`: the story on free ports with a throw-away database, a line a step, a picture a step in `tour/`. */
const ROOT = join(import.meta.dirname, "../..");
const folder = join(ROOT, "tour");

await rm(folder, { recursive: true, force: true });
const args = ["test", "story", `--reporter=${join(import.meta.dirname, "tour-reporter.ts")}`];
const child = spawn(join(ROOT, "node_modules", ".bin", "playwright"), args, {
  cwd: ROOT,
  stdio: "inherit",
  env: { ...process.env, PARTYLINE_TOUR: folder },
  shell: process.platform === "win32",
});
child.once("close", (code) => {
  console.log(code === 0 ? `\nThe pictures are in ${folder}` : "\nThe tour ended early.");
  process.exitCode = code ?? 1;
});
