import { createRoute, z } from "@hono/zod-openapi";
import {
  Group,
  GroupFilter,
  GroupPage,
  GroupPredecessor,
  GroupRename,
  NewGroup,
  ReadUpTo,
} from "@partyline/contract/group";
import { Cursor, Id } from "@partyline/contract/wire";
import { normalisePhone } from "@partyline/domain/phone-number";
import type { Context } from "../context.ts";
import { markRead, renameGroup } from "../groups/change-group.ts";
import { createGroup, refuseUnreadable } from "../groups/create-group.ts";
import { followGroup } from "../groups/follow-group.ts";
import { listGroups } from "../groups/group-list.ts";
import { viewGroups } from "../groups/group-view.ts";
import { lookAtPeople, WITHIN_MS } from "../groups/look-at-people.ts";
import { memberOf } from "../http/authenticate.ts";
import type { SendLimit } from "../http/limit-sends.ts";
import { answer, body, idempotencyKey, problems, writeProblems } from "../http/open-api.ts";
import { ProblemError } from "../http/problem-error.ts";
import type { Api } from "../http/request.ts";
import { write } from "../http/write.ts";
import { inWorkspace, type Trx } from "../store/tenant.ts";
import type { Member } from "../store/users.ts";

const params = z.object({ id: Id });

const list = createRoute({
  method: "get",
  path: "/v1/groups",
  summary: "Groups this user may see, latest activity first",
  request: {
    query: z.object({
      query: z
        .string()
        .max(200)
        .default("")
        .describe("Beginnings of words of a name or a message, or of a number's parts"),
      filter: GroupFilter.default("all"),
      cursor: Cursor.optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
  },
  responses: { 200: answer(GroupPage, "A page of groups"), ...problems("invalid_request") },
});

const create = createRoute({
  method: "post",
  path: "/v1/groups",
  summary: "Make a group, and send its first message",
  request: { headers: idempotencyKey, body: body(NewGroup) },
  responses: {
    201: answer(Group, "The group"),
    ...writeProblems(
      "number_not_usable",
      "group_exists",
      "id_taken",
      "rate_limited",
      "roster_refused",
      "text_refused",
      "unknown_number",
    ),
  },
});

const read = createRoute({
  method: "get",
  path: "/v1/groups/{id}",
  summary: "One group",
  request: { params },
  responses: { 200: answer(Group, "The group"), ...problems("not_found") },
});

const rename = createRoute({
  method: "patch",
  path: "/v1/groups/{id}",
  summary: "Change a group's name, the only thing about it that can change",
  request: { params, headers: idempotencyKey, body: body(GroupRename) },
  responses: { 200: answer(Group, "The group"), ...writeProblems("not_found", "number_not_usable") },
});

const follow = createRoute({
  method: "put",
  path: "/v1/groups/{id}/predecessor",
  summary: "Tie a group that exists already to the one whose people were changed into its own",
  description:
    "Only where it follows no group yet, and none comes to follow itself: else everything stays as it is, and the answer shows that.",
  request: { params, headers: idempotencyKey, body: body(GroupPredecessor) },
  responses: { 200: answer(Group, "The group, as it is now"), ...writeProblems("not_found", "number_not_usable") },
});

const markReadRoute = createRoute({
  method: "put",
  path: "/v1/groups/{id}/read",
  summary: "Say how far this user has read",
  request: { params, headers: idempotencyKey, body: body(ReadUpTo) },
  responses: { 200: answer(Group, "The group"), ...writeProblems("not_found") },
});

export function addGroupRoutes(api: Api, context: Context, limitSends: SendLimit): void {
  addReading(api, context);
  addCreating(api, context, limitSends);
  addChanging(api, context);
}

function addReading(api: Api, context: Context): void {
  const { database } = context;
  api.openapi(list, async (c) => {
    const member = memberOf(c);
    const query = c.req.valid("query");
    const page = await inWorkspace(database, member.workspaceId, (trx) => listGroups(trx, member, query));
    return c.json(page, 200);
  });

  api.openapi(read, async (c) => {
    const member = memberOf(c);
    const { id } = c.req.valid("param");
    const group = await inWorkspace(database, member.workspaceId, (trx) => viewOne(trx, member, id));
    // Nobody waits for the CRM to see a thread: what it says comes with the sync.
    void lookAtPeople(context, { workspaceId: member.workspaceId, groupId: id }).catch((error: unknown) =>
      context.log.error({ name: nameOf(error) }, "a look at a group's people failed"),
    );
    return c.json(group, 200);
  });
}

function addCreating(api: Api, context: Context, limitSends: SendLimit): void {
  api.openapi(create, async (c) => {
    const member = memberOf(c);
    const wanted = c.req.valid("json");
    await limitSends(member);
    // The rules judge what the contact table says: a CRM is asked before the transaction, never inside it.
    const directory = await context.directories.of(member.workspaceId);
    const phones = wanted.participants.flatMap(({ phone }) => normalisePhone(phone) ?? []);
    const [asked] = await Promise.all([
      directory.resolve({ ids: wanted.participants.map((one) => one.contactId), phones: [] }),
      directory.look({ ids: [], phones }, WITHIN_MS),
    ]);
    refuseUnreadable(wanted, asked.unreadable);
    const group = await write(context, c, async (trx) => {
      await createGroup(context, trx, member, wanted);
      return viewOne(trx, member, wanted.id);
    });
    return c.json(group, 201);
  });
}

function addChanging(api: Api, context: Context): void {
  api.openapi(rename, async (c) => {
    const member = memberOf(c);
    const { id } = c.req.valid("param");
    const { name } = c.req.valid("json");
    const group = await write(context, c, async (trx) => {
      await renameGroup(context, trx, { member, groupId: id, name });
      return viewOne(trx, member, id);
    });
    return c.json(group, 200);
  });

  api.openapi(follow, async (c) => {
    const member = memberOf(c);
    const { id } = c.req.valid("param");
    const { groupId: predecessorId } = c.req.valid("json");
    const group = await write(context, c, async (trx) => {
      await followGroup(context, trx, { member, groupId: id, predecessorId });
      return viewOne(trx, member, id);
    });
    return c.json(group, 200);
  });

  api.openapi(markReadRoute, async (c) => {
    const member = memberOf(c);
    const { id } = c.req.valid("param");
    const { seq } = c.req.valid("json");
    const group = await write(context, c, async (trx) => {
      await markRead(context, trx, { member, groupId: id, seq });
      return viewOne(trx, member, id);
    });
    return c.json(group, 200);
  });
}

/** Not there and not for this user are the same answer (rule R10). */
export async function viewOne(trx: Trx, member: Member, id: string): Promise<Group> {
  const [group] = await viewGroups(trx, member, [id]);
  if (group === undefined) throw new ProblemError("not_found");
  return group;
}

/** A message may quote what it was about. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
