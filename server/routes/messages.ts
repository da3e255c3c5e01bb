import { createRoute, z } from "@hono/zod-openapi";
import { HeldWish, Message, MessagePage, NewMessage } from "@partyline/contract/message";
import { Id } from "@partyline/contract/wire";
import type { Context } from "../context.ts";
import { lookAtPeople } from "../groups/look-at-people.ts";
import { memberOf } from "../http/authenticate.ts";
import type { SendLimit } from "../http/limit-sends.ts";
import { answer, body, idempotencyKey, problems, writeProblems } from "../http/open-api.ts";
import type { Api } from "../http/request.ts";
import { write } from "../http/write.ts";
import { listMessages, viewMessages } from "../messages/message-list.ts";
import { sendMessage } from "../messages/send-message.ts";
import { settleHeld } from "../messages/settle-held.ts";
import { findMessages } from "../store/messages.ts";
import { inWorkspace } from "../store/tenant.ts";
import { viewOne } from "./groups.ts";

/** The database counts a thread in 32 bits. */
const SEQ_MAX = 2 ** 31 - 1;

const params = z.object({ id: Id });

const list = createRoute({
  method: "get",
  path: "/v1/groups/{id}/messages",
  summary: "A page of a thread, oldest first",
  request: {
    params,
    query: z.object({
      before: z.coerce.number().int().positive().max(SEQ_MAX).optional().describe("Only messages with a smaller `seq`"),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
  },
  responses: { 200: answer(MessagePage, "A page of messages"), ...problems("invalid_request", "not_found") },
});

const send = createRoute({
  method: "post",
  path: "/v1/groups/{id}/messages",
  summary: "Send a message to everybody in the group",
  request: { params, headers: idempotencyKey, body: body(NewMessage) },
  responses: {
    202: answer(Message, "Stored, and on its way"),
    ...writeProblems("not_found", "number_not_usable", "group_locked", "id_taken", "rate_limited", "text_refused"),
  },
});

const settleRoute = createRoute({
  method: "post",
  path: "/v1/groups/{id}/messages/{messageId}/held",
  summary: "Send or discard a message that a lock held back; one that is not held stays as it is",
  request: { params: params.extend({ messageId: Id }), headers: idempotencyKey, body: body(HeldWish) },
  responses: {
    200: answer(Message, "The message as it is now"),
    ...writeProblems("not_found", "number_not_usable", "group_locked", "rate_limited"),
  },
});

export function addMessageRoutes(api: Api, context: Context, limitSends: SendLimit): void {
  const { database } = context;

  api.openapi(list, async (c) => {
    const member = memberOf(c);
    const { id } = c.req.valid("param");
    const { before, limit } = c.req.valid("query");
    const page = await inWorkspace(database, member.workspaceId, async (trx) => {
      await viewOne(trx, member, id);
      return listMessages(trx, member.workspaceId, { groupId: id, before: before ?? null, limit });
    });
    return c.json(page, 200);
  });

  api.openapi(send, async (c) => {
    const member = memberOf(c);
    const message = c.req.valid("json");
    const groupId = c.req.valid("param").id;
    await limitSends(member);
    // As in a new group: the rules judge what is known, so it is brought up to date before, and not inside, the write.
    await lookAtPeople(context, { workspaceId: member.workspaceId, groupId });
    const stored = await write(context, c, async (trx) => {
      await sendMessage(context, trx, { member, groupId, message });
      const rows = await findMessages(trx, member.workspaceId, [message.id]);
      return (await viewMessages(trx, member.workspaceId, rows))[0];
    });
    if (stored === undefined) throw new Error("a message just stored is gone");
    return c.json(stored, 202);
  });

  api.openapi(settleRoute, async (c) => {
    const member = memberOf(c);
    const { id: groupId, messageId } = c.req.valid("param");
    const { wish } = c.req.valid("json");
    if (wish === "send") await limitSends(member);
    const settled = await write(context, c, async (trx) => {
      await settleHeld(context, trx, { member, groupId, messageId, wish });
      return (await viewMessages(trx, member.workspaceId, await findMessages(trx, member.workspaceId, [messageId])))[0];
    });
    if (settled === undefined) throw new Error("a message just settled is gone");
    return c.json(settled, 200);
  });
}
