import type { Job, JobResult } from "pg-boss";
import type { JobHandler, JobKind, WorkOptions } from "./job-kind.ts";

interface Work<Payload> {
  handler: JobHandler<Payload>;
  onGivenUp: WorkOptions<Payload>["onGivenUp"];
  onError: (error: Error) => void;
}

/** One attempt at one job. Never throws: the other jobs of its batch have outcomes of their own. */
export async function runJob<Payload extends object>(
  kind: JobKind<Payload>,
  job: Job,
  { handler, onGivenUp, onError }: Work<Payload>,
): Promise<JobResult> {
  const attempt = job.retryCount + 1;
  try {
    await handler(kind.payload.parse(job.data), { id: job.id, attempt, signal: job.signal });
    return { id: job.id, status: "completed" };
  } catch (error) {
    onError(new JobFailedError(kind.name, job.id, attempt, error));
    if (attempt < kind.attempts) return { id: job.id, status: "failed", output: outcomeOf(error) };
    return giveUp(kind, job, error, { onGivenUp, onError });
  }
}

async function giveUp<Payload extends object>(
  kind: JobKind<Payload>,
  job: Job,
  cause: unknown,
  { onGivenUp, onError }: Pick<Work<Payload>, "onGivenUp" | "onError">,
): Promise<JobResult> {
  try {
    // A payload this program cannot read has nobody to be told about it but the log.
    const payload = kind.payload.safeParse(job.data);
    if (payload.success) await onGivenUp?.(payload.data, cause);
    return { id: job.id, status: "completed", output: { given_up: true, ...outcomeOf(cause) } };
  } catch (error) {
    onError(new JobFailedError(kind.name, job.id, job.retryCount + 1, error));
    return { id: job.id, status: "failed", output: outcomeOf(error) };
  }
}

export class JobFailedError extends Error {
  override name = "JobFailedError";

  constructor(kind: string, id: string, attempt: number, cause: unknown) {
    super(`Attempt ${attempt} at the job ${kind} ${id} failed`, { cause });
  }
}

/** The name only: a message may quote what the job was about. */
function outcomeOf(error: unknown): { error: string } {
  return { error: error instanceof Error ? error.name : typeof error };
}
