import { readdir, readFile } from "node:fs/promises";

/**
 * What a browser's processes hold together, in bytes, pages they share counted once; null where the system does not tell
 * (it is Linux that does). The browser is known by the profile's folder on its command line.
 */
export async function browserMemory(profile: string): Promise<number | null> {
  const processes = await readProcesses();
  const root = processes.find(
    ({ words }) => words.includes(`--user-data-dir=${profile}`) && !words.includes("--type="),
  );
  if (root === undefined) return null;
  const family = [root.pid];
  // Renderers are children of a zygote, which is the browser's own child: the list grows while it is walked.
  for (const pid of family) family.push(...processes.filter(({ parent }) => parent === pid).map((child) => child.pid));
  const sizes = await Promise.all(family.map(proportionalSize));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function readProcesses(): Promise<{ pid: number; parent: number; words: string }[]> {
  const entries = await readdir("/proc").catch(() => []);
  const found = await Promise.all(entries.filter((name) => /^\d+$/.test(name)).map(readProcess));
  return found.filter((one) => one !== null);
}

async function readProcess(pid: string) {
  try {
    const status = await readFile(`/proc/${pid}/status`, "utf8");
    const parent = Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]);
    return { pid: Number(pid), parent, words: await readFile(`/proc/${pid}/cmdline`, "utf8") };
  } catch {
    // It ended while we looked.
    return null;
  }
}

async function proportionalSize(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "");
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1024;
}
