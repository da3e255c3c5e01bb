import { execFile } from "node:child_process";
import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const NAMES = ["firefox-esr", "firefox", "firefox-developer-edition", "firefox-nightly"];
const FIXED_PLACES = [
  "/Applications/Firefox.app/Contents/MacOS/firefox",
  String.raw`C:\Program Files\Mozilla Firefox\firefox.exe`,
];

/** `FIREFOX_PATH`, the usual places, or Debian's package installed on the spot; says which. */
export async function requireFirefox(say: (line: string) => void): Promise<string> {
  const found = await findFirefox();
  if (found !== null) {
    say(`Firefox: ${found}`);
    return found;
  }
  if (process.getuid?.() === 0) {
    say("Firefox: not found; installing firefox-esr with apt-get");
    await run("apt-get", ["update"]);
    await run("apt-get", ["install", "-y", "--no-install-recommends", "firefox-esr"], { maxBuffer: 64 * 1024 * 1024 });
    const installed = await findFirefox();
    if (installed !== null) return installed;
  }
  throw new Error("The tests need Firefox and none was found. Install it, or name one with FIREFOX_PATH.");
}

async function findFirefox(): Promise<string | null> {
  const given = process.env["FIREFOX_PATH"];
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const usual = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  for (const path of [...(given === undefined || given === "" ? [] : [given]), ...usual, ...FIXED_PLACES]) {
    const usable = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (usable) return path;
  }
  return null;
}
