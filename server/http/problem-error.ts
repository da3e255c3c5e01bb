import type { Problem } from "@partyline/contract/problem";
import { PROBLEMS, type ProblemCode } from "@partyline/contract/problem-codes";

type Facts = Partial<Omit<Problem, "type" | "code" | "title" | "status" | "requestId">>;

/** Ends a request, and the transaction it runs in, with one of the contract's problems. */
export class ProblemError extends Error {
  override name = "ProblemError";
  readonly code: ProblemCode;
  readonly facts: Facts;

  constructor(code: ProblemCode, facts: Facts = {}, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
    this.facts = facts;
  }
}

/** The body of the answer, as RFC 9457 wants it. */
export function problemBody(code: ProblemCode, facts: Facts, requestId: string): Problem {
  const { status, title } = PROBLEMS[code];
  return { type: `/problems/${code}`, code, title, status, requestId, ...facts };
}
