import { createRoute } from "@hono/zod-openapi";
import { Session } from "@partyline/contract/session";
import { MAX_PARTICIPANTS, MIN_PARTICIPANTS } from "@partyline/domain/roster-size";
import type { Context } from "../context.ts";
import { directoryTrouble } from "../directories/highlevel/connecting.ts";
import { memberOf } from "../http/authenticate.ts";
import { answer, problems } from "../http/open-api.ts";
import { ProblemError } from "../http/problem-error.ts";
import type { Api } from "../http/request.ts";
import { accountOf, findDirectorySetting } from "../store/directory-settings.ts";
import { inWorkspace } from "../store/tenant.ts";
import { readMember } from "../store/users.ts";

const read = createRoute({
  method: "get",
  path: "/v1/session",
  summary: "Who is signed in, and the limits that apply",
  responses: {
    200: answer(Session, "The signed-in user"),
    ...problems(),
  },
});

const end = createRoute({
  method: "delete",
  path: "/v1/session",
  summary: "Sign out: ends this sign-in everywhere",
  responses: { 204: { description: "Signed out" }, ...problems() },
});

export function addSessionRoutes(api: Api, { carrier, signIn, database }: Context): void {
  api.openapi(read, async (c) => {
    const asked = memberOf(c);
    // Read anew: whoever asks may just have heard that it changed.
    const { member, setting, trouble } = await inWorkspace(database, asked.workspaceId, async (trx) => ({
      member: await readMember(trx, asked),
      setting: await findDirectorySetting(trx, asked.workspaceId),
      trouble: await directoryTrouble(trx, asked.workspaceId),
    }));
    if (member === undefined) throw new ProblemError("not_allowed");
    const { id, name, email, role, assignedDataOnly, crmUserId, workspaceId, workspaceName } = member;
    const { nativeMaxParticipants, textMax } = carrier.caps;
    const limits = {
      minParticipants: MIN_PARTICIPANTS,
      maxParticipants: MAX_PARTICIPANTS,
      nativeMaxParticipants,
      textMax,
    };
    return c.json(
      {
        user: { id, name, email, role, assignedDataOnly, crmUserId },
        workspace: { id: workspaceId, name: workspaceName },
        limits,
        carrier: carrier.id,
        ...(setting !== undefined && { crmAccount: accountOf(setting) }),
        ...(role === "admin" && trouble !== null && { directoryTrouble: trouble }),
      },
      200,
    );
  });

  api.openapi(end, async (c) => {
    const actor = c.get("actor");
    if (actor.kind !== "user") throw new ProblemError("not_allowed");
    await signIn.revoke(actor.signInId);
    return c.body(null, 204);
  });
}
