import type { Logger } from "pino";
import type { Carrier } from "./carriers/carrier.ts";
import type { Config } from "./config.ts";
import type { Directories } from "./directories/directories.ts";
import type { Queue } from "./jobs/queue.ts";
import type { SignIn } from "./sign-in/sign-in.ts";
import type { DatabasePool } from "./store/pool.ts";
import type { Wakeups } from "./store/wakeups.ts";

/** What every route and job of the backend needs, made once in `main.ts`. */
export interface Context {
  config: Config;
  database: DatabasePool;
  queue: Queue;
  wakeups: Wakeups;
  carrier: Carrier;
  directories: Directories;
  signIn: SignIn;
  log: Logger;
  /** Aborted when the backend is about to stop: whoever waits for news is answered at once. */
  stopping: AbortSignal;
  now: () => Date;
  /** UUIDv7. */
  newId: () => string;
}
