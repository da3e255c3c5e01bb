import type { Context as HonoContext } from "hono";
import { HTTPException } from "hono/http-exception";
import type { Logger } from "pino";
import { PROBLEMS, type ProblemCode } from "@partyline/contract/problem-codes";
import { DirectoryError, DirectoryLimitedError } from "../directories/directory.ts";
import { EmbeddedDatabaseStoppedError } from "../store/errors.ts";
import { problemBody, ProblemError } from "./problem-error.ts";
import type { RequestEnv } from "./request.ts";

/** The one place where anything thrown becomes an answer, and where what is our fault is logged. */
export function reportErrors(log: Logger) {
  return (error: Error, c: HonoContext<RequestEnv>): Response => {
    const problem = translate(error);
    if (PROBLEMS[problem.code].status >= 500) {
      log.error({ requestId: c.get("requestId"), ...describe(error) }, "request failed");
    }
    const body = problemBody(problem.code, problem.facts, c.get("requestId"));
    const headers: Record<string, string> = { "content-type": "application/problem+json" };
    if (body.retryAfter !== undefined) headers["retry-after"] = String(body.retryAfter);
    // The rest of the body is not read: who sent it must not use the connection again.
    if (body.status === PROBLEMS.payload_too_large.status) headers["connection"] = "close";
    return new Response(JSON.stringify(body), { status: body.status, headers });
  };
}

function translate(error: Error): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof HTTPException) return new ProblemError(codeOfStatus(error.status));
  if (error instanceof DirectoryLimitedError) {
    return new ProblemError(error.code, { detail: error.message, retryAfter: error.retryAfter });
  }
  if (error instanceof DirectoryError) return new ProblemError(error.code, { detail: error.message });
  const code = databaseCode(error);
  if (code === "23505") return new ProblemError("id_taken", { detail: "Make a new id and send again." });
  if (code === "22021" || code === "22P05") {
    return new ProblemError("invalid_request", {
      detail: "A text holds a character that cannot be stored, such as U+0000.",
    });
  }
  if (isUnreachable(error, code))
    return new ProblemError("unavailable", { detail: "Try again in a moment; nothing was lost." });
  return new ProblemError("internal");
}

function codeOfStatus(status: number): ProblemCode {
  if (status === 400) return "invalid_json";
  if (status === 413) return "payload_too_large";
  return status === 404 ? "not_found" : "internal";
}

/** The SQLSTATE, or the socket's error code. */
function databaseCode(error: Error): string | null {
  return "code" in error && typeof error.code === "string" ? error.code : null;
}

/**
 * Class 08 is lost connections, 57P the server going down, 53 too many connections or a full disk, 25006 a standby;
 * the rest are the socket's own words.
 */
function isUnreachable(error: Error, code: string | null): boolean {
  if (error instanceof EmbeddedDatabaseStoppedError) return true;
  if (code !== null && /^(08|57P|53|25006|ECONN|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|E[A-Z]+UNREACH)/.test(code))
    return true;
  return /timeout exceeded when trying to connect|Connection terminated|connection error and is not queryable/i.test(
    error.message,
  );
}

/** A database error's message may quote a row, so only its name and code are logged, with where it happened. */
function describe(error: Error) {
  return { name: error.name, code: databaseCode(error), stack: error.stack?.split("\n").slice(1, 8).join("\n") };
}
