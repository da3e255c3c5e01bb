import { Hono } from "hono";
import type { Context } from "../context.ts";
import { ProblemError } from "../http/problem-error.ts";
import type { RequestEnv } from "../http/request.ts";

/** `/healthz`: the process answers. `/readyz`: and it reaches its database. */
export function healthRoutes({ database }: Context): Hono<RequestEnv> {
  return new Hono<RequestEnv>()
    .get("/healthz", (c) => c.json({ status: "ok" }))
    .get("/readyz", async (c) => {
      try {
        await database.pool.query("select 1");
      } catch (cause) {
        throw new ProblemError("unavailable", { detail: "The database does not answer." }, { cause });
      }
      return c.json({ status: "ok", database: database.engine });
    });
}
