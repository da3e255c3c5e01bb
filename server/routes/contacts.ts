import { createRoute, z } from "@hono/zod-openapi";
import {
  Contact,
  ContactPage,
  ContactsImport,
  ContactsResolve,
  ContactsResolved,
  ContactWrite,
  OwnerList,
} from "@partyline/contract/contact";
import { ContactId } from "@partyline/contract/wire";
import { viewContacts } from "../contact-view.ts";
import type { Context } from "../context.ts";
import { removeContact, writeContacts } from "../directory.ts";
import { directoryWriterOf } from "../http/authenticate.ts";
import { answer, body, idempotencyKey, problems, writeProblems } from "../http/open-api.ts";
import { ProblemError } from "../http/problem-error.ts";
import type { Api, Request } from "../http/request.ts";
import { workspaceOf, write } from "../http/write.ts";
import { resolveContacts } from "../resolve-contacts.ts";
import { findContacts } from "../store/contacts.ts";
import { inWorkspace } from "../store/tenant.ts";
import { listUserNames } from "../store/users.ts";
import { onlyOwnedBy, maySee } from "../http/contact-access.ts";

/** What asking a CRM may end with. */
const ASKING = ["directory_not_connected", "directory_unavailable", "directory_limited"] as const;

const params = z.object({ id: ContactId });

const search = createRoute({
  method: "get",
  path: "/v1/contacts",
  summary: "Search the directory by name or number",
  request: {
    query: z.object({
      query: z.string().max(200).default(""),
      ownerId: z.string().max(128).optional(),
      cursor: z
        .string()
        .regex(/^\d{1,9}$/)
        .optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
  },
  responses: { 200: answer(ContactPage, "By name"), ...problems("invalid_request", ...ASKING) },
});

const resolve = createRoute({
  method: "post",
  path: "/v1/contacts/resolve",
  summary: "Find the contacts a CRM page's selection names, by id or phone",
  request: { body: body(ContactsResolve) },
  responses: {
    200: answer(ContactsResolved, "What was found, and what was not"),
    ...problems("invalid_request", "invalid_json", "payload_too_large", "other_account", ...ASKING),
  },
});

const read = createRoute({
  method: "get",
  path: "/v1/contacts/{id}",
  summary: "One contact",
  request: { params },
  responses: { 200: answer(Contact, "The contact"), ...problems("not_found", "contact_deleted", ...ASKING) },
});

const put = createRoute({
  method: "put",
  path: "/v1/contacts/{id}",
  summary: "Write one contact of the built-in directory",
  request: { params, headers: idempotencyKey, body: body(ContactWrite) },
  responses: { 200: answer(Contact, "As stored"), ...writeProblems("directory_external") },
});

const remove = createRoute({
  method: "delete",
  path: "/v1/contacts/{id}",
  summary: "Delete one contact of the built-in directory; its groups keep texting the number they froze",
  request: { params, headers: idempotencyKey },
  responses: { 204: { description: "Deleted" }, ...writeProblems("not_found", "directory_external") },
});

const importMany = createRoute({
  method: "post",
  path: "/v1/contacts/import",
  summary: "Write up to 500 contacts of the built-in directory at once",
  request: { headers: idempotencyKey, body: body(ContactsImport) },
  responses: {
    200: answer(z.object({ count: z.number() }), "How many were written"),
    ...writeProblems("directory_external"),
  },
});

const owners = createRoute({
  method: "get",
  path: "/v1/owners",
  summary: "The users whom contacts can be assigned to",
  responses: { 200: answer(OwnerList, "By name"), ...problems() },
});

export function addContactRoutes(api: Api, context: Context): void {
  addReading(api, context);
  addWriting(api, context);
}

function addReading(api: Api, { database, directories }: Context): void {
  api.openapi(search, async (c) => {
    const actor = c.get("actor");
    const workspaceId = workspaceOf(actor);
    const { query, ownerId, cursor, limit } = c.req.valid("query");
    const offset = Number(cursor ?? 0);
    const owner = onlyOwnedBy(actor) ?? ownerId ?? null;
    const directory = await directories.of(workspaceId);
    const { contacts: found, total } = await directory.search({ query, ownerId: owner, offset, limit });
    const contacts = await inWorkspace(database, workspaceId, (trx) => viewContacts(trx, actor, found));
    const end = offset + limit;
    return c.json({ contacts, total, next: end < total ? String(end) : null }, 200);
  });

  api.openapi(resolve, async (c) => {
    const actor = c.get("actor");
    const wanted = c.req.valid("json");
    return c.json(await resolveContacts({ database, directories }, actor, wanted), 200);
  });

  api.openapi(owners, async (c) => {
    const workspaceId = workspaceOf(c.get("actor"));
    const users = await inWorkspace(database, workspaceId, (trx) => listUserNames(trx, workspaceId));
    const matched = users.flatMap(({ crmUserId, name }) => (crmUserId === null ? [] : [{ crmUserId, name }]));
    return c.json({ owners: matched }, 200);
  });

  api.openapi(read, async (c) => {
    const actor = c.get("actor");
    const workspaceId = workspaceOf(actor);
    const { id } = c.req.valid("param");
    const found = await (await directories.of(workspaceId)).get(id);
    if (found === undefined || !maySee(actor, found)) throw new ProblemError("not_found");
    const [contact] = await inWorkspace(database, workspaceId, (trx) => viewContacts(trx, actor, [found]));
    if (contact === undefined) throw new ProblemError("not_found");
    if (contact.deletedAt !== null) throw new ProblemError("contact_deleted");
    return c.json(contact, 200);
  });
}

function addWriting(api: Api, context: Context): void {
  api.openapi(put, async (c) => {
    const workspaceId = await writableDirectoryOf(context, c);
    const contact = { id: c.req.valid("param").id, ...c.req.valid("json") };
    const stored = await write(context, c, async (trx) => {
      await writeContacts(context, trx, workspaceId, [contact]);
      return (await viewContacts(trx, c.get("actor"), await findContacts(trx, workspaceId, [contact.id])))[0];
    });
    if (stored === undefined) throw new Error("a contact just written is gone");
    return c.json(stored, 200);
  });

  api.openapi(remove, async (c) => {
    const workspaceId = await writableDirectoryOf(context, c);
    await write(context, c, async (trx) => {
      if (!(await removeContact(context, trx, workspaceId, c.req.valid("param").id)))
        throw new ProblemError("not_found");
      return null;
    });
    return c.body(null, 204);
  });

  api.openapi(importMany, async (c) => {
    const workspaceId = await writableDirectoryOf(context, c);
    const { contacts } = c.req.valid("json");
    const imported = await write(context, c, async (trx) => {
      await writeContacts(context, trx, workspaceId, contacts);
      return { count: contacts.length };
    });
    return c.json(imported, 200);
  });
}

/** The workspace whose contacts this caller may write, and which are kept here at all. */
async function writableDirectoryOf(context: Context, c: Request): Promise<string> {
  const workspaceId = directoryWriterOf(c);
  if ((await context.directories.of(workspaceId)).writable) return workspaceId;
  throw new ProblemError("directory_external", {
    detail: "Change the contact in the CRM; it is taken over within seconds.",
  });
}
