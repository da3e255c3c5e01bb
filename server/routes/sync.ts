import { createRoute, z } from "@hono/zod-openapi";
import { SyncPage } from "@partyline/contract/sync";
import type { Context } from "../context.ts";
import { memberOf } from "../http/authenticate.ts";
import { answer, problems } from "../http/open-api.ts";
import type { Api } from "../http/request.ts";
import { sync } from "../sync.ts";

/** Under the thirty seconds after which a browser ends an extension's idle worker. */
const WAIT_MAX_S = 25;

const read = createRoute({
  method: "get",
  path: "/v1/sync",
  summary: "What changed for this user after a cursor; waits for news when asked to",
  request: {
    query: z.object({
      cursor: z
        .string()
        .regex(/^\d{1,15}$/)
        .optional()
        .describe("As given by the last answer; absent to start afresh"),
      wait: z.coerce.number().min(0).max(WAIT_MAX_S).default(0).describe("Seconds to wait when there is no news"),
    }),
  },
  responses: { 200: answer(SyncPage, "The changes"), ...problems("invalid_request") },
});

export function addSyncRoutes(api: Api, context: Context): void {
  api.openapi(read, async (c) => {
    const { cursor, wait } = c.req.valid("query");
    const page = await sync(context, memberOf(c), {
      cursor: cursor === undefined ? null : Number(cursor),
      waitMs: wait * 1000,
      signal: AbortSignal.any([c.req.raw.signal, context.stopping]),
    });
    return c.json(page, 200);
  });
}
