import { createMiddleware } from "hono/factory";
import { ProblemError } from "./problem-error.ts";

const WITH_BODY = new Set(["POST", "PUT", "PATCH"]);
const JSON_TYPE = /^application\/([\w.-]+\+)?json\s*(;|$)/i;

/** The validator passes over a body of another type as if there were none. */
export const requireJson = createMiddleware(async (c, next) => {
  if (WITH_BODY.has(c.req.method) && !JSON_TYPE.test(c.req.header("content-type") ?? "")) {
    throw new ProblemError("invalid_json", { detail: "Send the body as application/json." });
  }
  await next();
});
