import type { Context as HonoContext } from "hono";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Member } from "../store/users.ts";

/** Who is asking: a signed-in person, or a key that writes the directory. */
export type Actor =
  | { kind: "user"; member: Member; signInId: string }
  | { kind: "api_key"; id: string; workspaceId: string };

/** What the middleware leaves for the routes. */
export interface RequestEnv {
  Variables: { requestId: string; actor: Actor };
}

export type Api = OpenAPIHono<RequestEnv>;
export type Request = HonoContext<RequestEnv>;
