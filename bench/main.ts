import { cpus, loadavg, totalmem } from "node:os";
import { megabytes, type Figure } from "./figure.ts";
import { measureGroups } from "./groups.ts";
import { measureMemory } from "./memory.ts";
import { measureNotification } from "./notify.ts";
import { measurePage } from "./page.ts";
import { measurePanel } from "./panel.ts";
import { measureSend } from "./send.ts";
import { measureSize } from "./size.ts";
import { measureStart } from "./start.ts";

/** `npm run bench` measures everything; `npm run bench -- size send` only what is named. */
const BENCHES: Readonly<Record<string, () => Promise<Figure[]>>> = {
  size: measureSize,
  page: measurePage,
  panel: measurePanel,
  notify: measureNotification,
  start: measureStart,
  memory: measureMemory,
  send: measureSend,
  groups: measureGroups,
};

const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(BENCHES);
const unknown = wanted.filter((name) => !Object.hasOwn(BENCHES, name));
if (unknown.length > 0) {
  console.error(`There is no measurement called ${unknown.join(", ")}. There are: ${Object.keys(BENCHES).join(", ")}.`);
  process.exit(1);
}
console.log(`${cpus().length} cores of ${cpus()[0]?.model ?? "an unnamed kind"}, ${megabytes(totalmem())} of memory`);
for (const name of wanted) {
  const [load = 0] = loadavg();
  console.log(`\n${name}, begun under a load of ${load.toFixed(1)}`);
  const figures = (await BENCHES[name]?.()) ?? [];
  for (const { what, value } of figures) console.log(`| ${what} | ${value} |`);
}
