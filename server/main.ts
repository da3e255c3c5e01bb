import { startBackend } from "./backend.ts";
import { readConfig } from "./config.ts";

try {
  const backend = await startBackend(readConfig(process.env));
  console.log(`Partyline's backend is ready on ${backend.url}`);
  let closing = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (closing) return;
      closing = true;
      backend.close().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error);
          process.exit(1);
        },
      );
    });
  }
} catch (error) {
  // Every failure of a start has a sentence of its own; a stack would only hide it.
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
