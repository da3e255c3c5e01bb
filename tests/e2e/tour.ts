import { spawn } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";

/**
 * `npm run tour`: each tour on free ports with a throw-away database, a line a step, a picture a step in `tour/`. Names
 * of tours as arguments run only those.
 */
const ROOT = join(import.meta.dirname, "../..");
const FOLDER = join(ROOT, "tour");
const TOURS = { story: "story.e2e", groups: "groups-tour.e2e", highlevel: "highlevel-tour.e2e", crms: "crms-tour.e2e" };

await rm(FOLDER, { recursive: true, force: true });
const asked = Object.entries(TOURS).filter(([name]) => process.argv.length < 3 || process.argv.includes(name));
for (const [name, file] of asked) {
  console.log(`\n${name}`);
  if (!(await play(file, join(FOLDER, name)))) process.exitCode = 1;
}
console.log(process.exitCode === 1 ? "\nA tour ended early." : `\nThe pictures are in ${FOLDER}`);

function play(file: string, folder: string): Promise<boolean> {
  const args = ["test", file, `--reporter=${join(import.meta.dirname, "tour-reporter.ts")}`];
  const child = spawn(join(ROOT, "node_modules", ".bin", "playwright"), args, {
    cwd: ROOT,
    stdio: "inherit",
    env: { ...process.env, PARTYLINE_TOUR: folder },
    shell: process.platform === "win32",
  });
  return new Promise((resolve) => {
    child.once("close", (code) => resolve(code === 0));
  });
}
