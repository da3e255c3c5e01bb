import { OpenAPIHono, z, type Hook } from "@hono/zod-openapi";
import { describeFaults, faultsOf } from "@partyline/contract/faults";
import { Problem } from "@partyline/contract/problem";
import { PROBLEMS, type ProblemCode } from "@partyline/contract/problem-codes";
import { ProblemError } from "./problem-error.ts";
import type { Api, RequestEnv } from "./request.ts";

/** A router whose invalid requests end as problems that point at the fault, in place of the library's raw error. */
export function createApi(): Api {
  return new OpenAPIHono<RequestEnv>({ defaultHook: refuseInvalid });
}

const refuseInvalid: Hook<unknown, RequestEnv, string, unknown> = (result) => {
  if (result.success) return;
  const errors = faultsOf(result.error);
  throw new ProblemError("invalid_request", { detail: describeFaults(errors), errors });
};

/** What a route answers when all is well. */
export function answer<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { content: { "application/json": { schema } }, description };
}

/** What any route may answer. */
const ANYWHERE: ProblemCode[] = [
  "not_signed_in",
  "token_expired",
  "token_invalid",
  "session_revoked",
  "not_allowed",
  "internal",
  "unavailable",
];

/** What any write may answer besides. */
const WRITING: ProblemCode[] = [
  "invalid_request",
  "invalid_json",
  "payload_too_large",
  "idempotency_key_missing",
  "idempotency_key_reused",
];

/** The problems a write may answer with, besides those of every write. */
export function writeProblems(...codes: ProblemCode[]) {
  return problems(...codes, ...WRITING);
}

/** The problems a route may answer with, besides those of every route; by status, for the API's description. */
export function problems(...codes: ProblemCode[]) {
  const statuses = Map.groupBy([...codes, ...ANYWHERE], (code) => PROBLEMS[code].status);
  return Object.fromEntries(
    [...statuses].map(([status, ofStatus]) => [
      status,
      {
        description: ofStatus.map((code) => `\`${code}\`: ${PROBLEMS[code].title}`).join("\n\n"),
        content: { "application/problem+json": { schema: Problem } },
      },
    ]),
  );
}

export const idempotencyKey = z.object({
  // Absent, it is a problem of its own and not a fault in the shape: so only the description calls it required.
  "idempotency-key": z
    .string()
    .optional()
    .openapi({ param: { required: true } })
    .describe("A UUID, the same for every repeat of this write"),
});

export function body<Schema extends z.ZodType>(schema: Schema) {
  return { content: { "application/json": { schema } }, required: true };
}
