import { createRoute, z } from "@hono/zod-openapi";
import { DirectoryAuthorization, DirectoryState, PeopleSync, PrivateToken } from "@partyline/contract/directory";
import type { Context } from "../context.ts";
import {
  beginConnecting,
  connectPrivately,
  tryPrivateToken,
  viewDirectory,
} from "../directories/highlevel/connecting.ts";
import { tellAdmins } from "../directories/highlevel/tell-admins.ts";
import { signOutGone, syncPeople } from "../directories/highlevel/sync-people.ts";
import { memberOf } from "../http/authenticate.ts";
import { answer, body, idempotencyKey, problems, writeProblems } from "../http/open-api.ts";
import { ProblemError } from "../http/problem-error.ts";
import type { Api, Request } from "../http/request.ts";
import { write } from "../http/write.ts";
import { deleteConnection } from "../store/directory-connections.ts";
import { inWorkspace } from "../store/tenant.ts";
import type { Member } from "../store/users.ts";

const Nothing = z.object({}).meta({ id: "Nothing" });

const read = createRoute({
  method: "get",
  path: "/v1/directory",
  summary: "Where contacts come from, for admins",
  responses: { 200: answer(DirectoryState, "As it is now"), ...problems() },
});

const authorize = createRoute({
  method: "post",
  path: "/v1/directory/highlevel/connect",
  summary: "Begin to connect the workspace to its HighLevel location",
  request: { headers: idempotencyKey, body: body(Nothing) },
  responses: {
    200: answer(DirectoryAuthorization, "Where to send the admin"),
    ...writeProblems("directory_built_in", "directory_not_configured"),
  },
});

const putToken = createRoute({
  method: "put",
  path: "/v1/directory/highlevel/token",
  summary: "Connect the workspace by a private integration token",
  request: { headers: idempotencyKey, body: body(PrivateToken) },
  responses: {
    200: answer(DirectoryState, "Connected"),
    ...writeProblems("directory_built_in", "directory_refused", "directory_unavailable"),
  },
});

const disconnect = createRoute({
  method: "delete",
  path: "/v1/directory/highlevel",
  summary: "Forget the tokens; contacts stay as last known",
  request: { headers: idempotencyKey },
  responses: { 204: { description: "Disconnected" }, ...writeProblems("not_found") },
});

const sync = createRoute({
  method: "post",
  path: "/v1/directory/sync",
  summary: "Take over roles and business numbers from the CRM now",
  request: { headers: idempotencyKey, body: body(Nothing) },
  responses: {
    200: answer(PeopleSync, "What changed"),
    ...writeProblems("directory_built_in", "directory_not_connected", "directory_unavailable"),
  },
});

export function addDirectoryRoutes(api: Api, context: Context): void {
  const { database } = context;

  api.openapi(read, async (c) => {
    const { workspaceId } = adminOf(c);
    return c.json(await inWorkspace(database, workspaceId, (trx) => viewDirectory(context, trx, workspaceId)), 200);
  });

  api.openapi(authorize, async (c) => {
    const { workspaceId, id: userId } = adminOf(c);
    const begun = await write(context, c, async (trx) => ({
      authorizeUrl: await beginConnecting(context, trx, { workspaceId, userId }),
    }));
    return c.json(begun, 200);
  });

  api.openapi(putToken, async (c) => {
    const { workspaceId, id: userId } = adminOf(c);
    const { token } = c.req.valid("json");
    await tryPrivateToken(context, workspaceId, token);
    const state = await write(context, c, async (trx) => {
      await connectPrivately(context, trx, { workspaceId, userId, token });
      return viewDirectory(context, trx, workspaceId);
    });
    return c.json(state, 200);
  });

  api.openapi(disconnect, async (c) => {
    const { workspaceId } = adminOf(c);
    await write(context, c, async (trx) => {
      if (!(await deleteConnection(trx, workspaceId))) throw new ProblemError("not_found");
      await tellAdmins(context, trx, workspaceId);
      return null;
    });
    return c.body(null, 204);
  });

  api.openapi(sync, async (c) => {
    const { workspaceId } = adminOf(c);
    const directory = await context.directories.of(workspaceId);
    if (directory.kind === "built_in") throw new ProblemError("directory_built_in");
    const told = { users: await directory.users(), numbers: await directory.numbers() };
    const synced = await write(context, c, (trx) => syncPeople(context, trx, workspaceId, told));
    await signOutGone(context, workspaceId);
    return c.json(synced, 200);
  });
}

function adminOf(c: Request): Member {
  const member = memberOf(c);
  if (member.role !== "admin") throw new ProblemError("not_allowed", { detail: "Only an admin connects the CRM." });
  return member;
}
