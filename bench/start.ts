import { spawn } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { ROOT } from "@partyline/sandbox/extension-build";
import { freePorts } from "@partyline/sandbox/ports";
import { temporaryFolder } from "../tests/e2e/chromium-session.ts";
import { median, type Figure } from "./figure.ts";

const TIMES = 3;

/** `npm start`, from the command to the line that says it is ready, in a new folder and again in the same. */
export async function measureStart(): Promise<Figure[]> {
  const cold: number[] = [];
  const again: number[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    const folder = await temporaryFolder();
    cold.push(await startAndStop(folder.path));
    again.push(await startAndStop(folder.path));
    await folder.remove();
  }
  return [
    { what: "`npm start`, new data folder, to ready", value: seconds(median(cold)) },
    { what: "`npm start`, second start, to ready", value: seconds(median(again)) },
  ];
}

async function startAndStop(dataFolder: string): Promise<number> {
  const ports = await freePorts();
  const begun = performance.now();
  const child = spawn("npm", ["start"], {
    cwd: ROOT,
    env: {
      ...process.env,
      PARTYLINE_DATA: dataFolder,
      PORT: String(ports.backend),
      CRM_PORT: String(ports.crm),
      PHONES_PORT: String(ports.phones),
      // Without a display it opens no window; the browser's own start is not ours to measure.
      DISPLAY: "",
      WAYLAND_DISPLAY: "",
    },
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  const ended = new Promise((resolve) => {
    child.once("close", resolve);
  });
  const ready = new Promise<number>((resolve) => {
    child.stdout.on("data", (text: Buffer) => {
      if (text.includes("Ctrl-C stops everything")) resolve(performance.now() - begun);
    });
  });
  const taken = await Promise.race([ready, ended.then(() => Number.NaN), delay(120_000, Number.NaN, { ref: false })]);
  // The whole group, as Ctrl-C would.
  if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGINT");
  await ended;
  if (Number.isNaN(taken)) throw new Error("`npm start` was not ready within two minutes");
  return taken;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
