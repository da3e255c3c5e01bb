import { startBackend } from "./backend.ts";
import { readConfig } from "./config.ts";

const starting = Promise.resolve().then(() => startBackend(readConfig(process.env)));
let stopping = false;

function stop(): void {
  if (stopping) return;
  stopping = true;
  starting
    .then((backend) => backend.close())
    .then(
      () => process.exit(0),
      () => process.exit(1),
    );
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, stop);
// A parent that holds a channel to us, as `npm start` does, takes us along when it ends, however it ends.
process.once("disconnect", stop);

try {
  const backend = await starting;
  console.log(`Partyline's backend is ready on ${backend.url}`);
} catch (error) {
  // Every failure of a start has a sentence of its own; a stack would only hide it.
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
