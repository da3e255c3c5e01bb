import type { z } from "zod";

/** One kind of work: its name on the queue, what it carries, and what must be true of its order. */
export interface JobKind<Payload extends object> {
  readonly name: string;
  readonly payload: z.ZodType<Payload>;
  /**
   * - `per_key`: jobs of one key run one after the other, in the order they were enqueued; a failing one holds back
   *   its successors until it succeeds or is given up.
   * - `one_waiting`: while a job of this key waits, another one is not added.
   * - `free`: no order at all.
   */
  readonly order: "per_key" | "one_waiting" | "free";
  /** How often it is begun before it is given up, counting those cut short by a killed process. */
  readonly attempts: number;
}

export function defineJob<Payload extends object>(kind: JobKind<Payload>): JobKind<Payload> {
  return kind;
}

export interface EnqueueOptions {
  /** Required unless the kind's order is `free`. Include the workspace in it where keys are unique only there. */
  key?: string;
  startAfter?: Date;
}

/** What a handler knows of its job besides the payload. */
export interface JobContext {
  id: string;
  /** 1 on the first attempt. */
  attempt: number;
  /** Aborted when the job's time is over or the process is stopping for good. */
  signal: AbortSignal;
}

export type JobHandler<Payload> = (payload: Payload, context: JobContext) => Promise<void>;

export interface WorkOptions<Payload> {
  /** How many jobs this process runs at the same time. */
  concurrency?: number;
  /** Records the defeat in our own tables after the last attempt; the job is then done with. */
  onGivenUp?: (payload: Payload, error: unknown) => Promise<void>;
}
