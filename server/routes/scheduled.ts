import { createRoute, z } from "@hono/zod-openapi";
import { Group } from "@partyline/contract/group";
import { NewScheduled, ScheduledContent, ScheduledWish } from "@partyline/contract/scheduled";
import { Id } from "@partyline/contract/wire";
import type { Context } from "../context.ts";
import { lookAtPeople } from "../groups/look-at-people.ts";
import { memberOf } from "../http/authenticate.ts";
import type { SendLimit } from "../http/limit-sends.ts";
import { answer, body, idempotencyKey, writeProblems } from "../http/open-api.ts";
import type { Api } from "../http/request.ts";
import { write } from "../http/write.ts";
import { rescheduleMessage, scheduleMessage, settleScheduled } from "../messages/schedule-message.ts";
import { viewOne } from "./groups.ts";

const params = z.object({ id: Id });
const ofOne = params.extend({ scheduledId: Id });
const REFUSALS = ["not_found", "number_not_usable", "group_locked", "group_discovered", "rate_limited"] as const;
const CONTENT_REFUSALS = ["text_refused", "send_time_refused"] as const;

const schedule = createRoute({
  method: "post",
  path: "/v1/groups/{id}/scheduled",
  summary: "Send a message to everybody in the group later",
  request: { params, headers: idempotencyKey, body: body(NewScheduled) },
  responses: {
    201: answer(Group, "The group, with what waits in it"),
    ...writeProblems(...REFUSALS, ...CONTENT_REFUSALS, "id_taken"),
  },
});

const reschedule = createRoute({
  method: "patch",
  path: "/v1/groups/{id}/scheduled/{scheduledId}",
  summary: "Change the text or the time of what waits",
  request: { params: ofOne, headers: idempotencyKey, body: body(ScheduledContent) },
  responses: {
    200: answer(Group, "The group, with what waits in it"),
    ...writeProblems(...REFUSALS, ...CONTENT_REFUSALS),
  },
});

const settle = createRoute({
  method: "post",
  path: "/v1/groups/{id}/scheduled/{scheduledId}/settle",
  summary: "Send now, or discard, what waits; what does not wait any more stays as it is",
  request: { params: ofOne, headers: idempotencyKey, body: body(ScheduledWish) },
  responses: { 200: answer(Group, "The group, with what waits in it"), ...writeProblems(...REFUSALS) },
});

export function addScheduledRoutes(api: Api, context: Context, limitSends: SendLimit): void {
  api.openapi(schedule, async (c) => {
    const member = memberOf(c);
    const { id: groupId } = c.req.valid("param");
    const scheduled = c.req.valid("json");
    await limitSends(member);
    const group = await write(context, c, async (trx) => {
      await scheduleMessage(context, trx, { member, groupId, scheduled });
      return viewOne(trx, member, groupId);
    });
    return c.json(group, 201);
  });

  api.openapi(reschedule, async (c) => {
    const member = memberOf(c);
    const { id: groupId, scheduledId: id } = c.req.valid("param");
    const content = c.req.valid("json");
    await limitSends(member);
    const group = await write(context, c, async (trx) => {
      await rescheduleMessage(context, trx, { member, groupId, id, content });
      return viewOne(trx, member, groupId);
    });
    return c.json(group, 200);
  });

  api.openapi(settle, async (c) => {
    const member = memberOf(c);
    const { id: groupId, scheduledId: id } = c.req.valid("param");
    const { wish } = c.req.valid("json");
    if (wish === "send") {
      await limitSends(member);
      await lookAtPeople(context, { workspaceId: member.workspaceId, groupId });
    }
    const group = await write(context, c, async (trx) => {
      await settleScheduled(context, trx, { member, groupId, id, wish });
      return viewOne(trx, member, groupId);
    });
    return c.json(group, 200);
  });
}
