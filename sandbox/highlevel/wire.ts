import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { type Context, Hono } from "hono";
import { z } from "zod";
import type { StoredContact } from "./crm-records.ts";
import type { Fault } from "./behaviour.ts";
import type { HighLevel } from "./highlevel.ts";
import { contactPayload, numberPayload, userPayload } from "./payloads.ts";
import { matching, SearchBody } from "./search.ts";

type Env = { Bindings: HttpBindings };
type Call = Context<Env>;

const VERSION = "2021-07-28";
const HANG_MS = 10 * 60 * 1000;
const NoteBody = z.object({ body: z.string().min(1) });

/** The vendor's API version 2, as far as a directory of contacts, users and numbers needs it. */
export function wireRoutes(crm: HighLevel): Hono<Env> {
  const routes = new Hono<Env>();
  for (const path of ["/contacts/*", "/users/*", "/phone-system/*"]) {
    routes.use(path, (call, next) => recordCall(crm, call, next));
    routes.use(path, (call, next) => admit(crm, call, next));
  }
  addContacts(routes, crm);
  routes.get("/users/", (call) => {
    if (call.req.query("locationId") !== crm.parts.locationId) return forbidden(call);
    return call.json({ users: crm.users.map((user) => userPayload(user, crm.parts.locationId)) });
  });
  routes.get("/phone-system/numbers/location/:locationId", (call) => {
    if (call.req.param("locationId") !== crm.parts.locationId) return forbidden(call);
    const pageSize = Number(call.req.query("pageSize") ?? 50);
    const page = Number(call.req.query("page") ?? 0);
    const numbers = crm.numbers.slice(page * pageSize, (page + 1) * pageSize).map((number) => numberPayload(number));
    return call.json({ numbers, isUnderGhl: true, pageSize, page, accountStatus: "active" });
  });
  return routes;
}

function addContacts(routes: Hono<Env>, crm: HighLevel): void {
  routes.post("/contacts/search", async (call) => {
    const body = SearchBody.safeParse(await call.req.json().catch(() => null));
    if (!body.success) return unprocessable(call, z.prettifyError(body.error));
    if (body.data.locationId !== crm.parts.locationId) return forbidden(call);
    const { contacts, total } = matching(crm.contacts(), body.data);
    return call.json({ contacts: contacts.map((contact) => shown(crm, contact)), total, traceId: crm.parts.newId() });
  });
  routes.get("/contacts/:id", (call) => {
    const id = call.req.param("id");
    if (crm.behaviour.brokenContacts.includes(id)) return stumbling(call);
    const contact = crm.read(id);
    return contact ? call.json({ contact: shown(crm, contact) }) : missing(crm, call, id);
  });
  routes.post("/contacts/:id/notes", async (call) => {
    const contactId = call.req.param("id");
    if (!crm.read(contactId)) return missing(crm, call, contactId);
    const note = NoteBody.safeParse(await call.req.json().catch(() => null));
    if (!note.success) return unprocessable(call, "body should not be empty");
    crm.notes.push({ contactId, body: note.data.body });
    const dateAdded = crm.parts.now().toISOString();
    return call.json({ note: { id: crm.parts.newId(), body: note.data.body, contactId, dateAdded } }, 201);
  });
}

function shown(crm: HighLevel, contact: StoredContact): object {
  const payload = contactPayload(contact, crm.parts.locationId, crm.behaviour);
  return crm.behaviour.oddContacts.includes(contact.id) ? { ...payload, dnd: "sometimes" } : payload;
}

async function recordCall(crm: HighLevel, call: Call, next: () => Promise<void>): Promise<void> {
  const { method, path } = call.req;
  const record = { method, path, body: await call.req.text(), status: null as number | null };
  crm.requests.push(record);
  await next();
  record.status = call.res.status;
}

/** Who calls, how often, and what goes wrong with it. */
async function admit(crm: HighLevel, call: Call, next: () => Promise<void>): Promise<Response | undefined> {
  if (!isKnown(crm, call.req.header("authorization"))) return unauthorized(call);
  const { admitted, headers } = crm.limit.admit(Date.now());
  for (const [name, value] of Object.entries(headers)) call.header(name, value);
  if (!admitted) return tooMany(call);
  if (call.req.header("version") !== VERSION) {
    return call.json({ statusCode: 400, message: "version header is invalid", error: "Bad Request" }, 400);
  }
  await crm.sleep(crm.behaviour.responseDelayMs);
  const fault = crm.behaviour.next.shift();
  if (fault !== undefined && !fault.startsWith("done_then_")) return failWith(fault, crm, call);
  await next();
  if (fault === undefined) return undefined;
  const failure = await failWith(fault, crm, call);
  // Only an answer that was taken away is replaced by another one.
  call.res = undefined;
  call.res = failure;
  return undefined;
}

function isKnown(crm: HighLevel, header: string | undefined): boolean {
  const token = /^Bearer (\S+)$/i.exec(header ?? "")?.[1] ?? "";
  return token === crm.parts.privateToken || crm.parts.tokens.isValid(token);
}

async function failWith(fault: Fault, crm: HighLevel, call: Call): Promise<Response> {
  switch (fault) {
    case "server_error":
      return stumbling(call);
    case "rate_limited":
      return tooMany(call);
    case "unauthorized":
      return unauthorized(call);
    case "garbage":
    case "done_then_garbage":
      return call.html("<!doctype html><title>Bad gateway</title>");
    case "hang":
      await crm.sleep(HANG_MS);
      return gatewayTimeout(call);
    case "done_then_gateway_timeout":
      return gatewayTimeout(call);
    case "reset":
    case "done_then_reset":
      call.env.incoming.socket.resetAndDestroy();
      return RESPONSE_ALREADY_SENT;
  }
}

function stumbling(call: Call): Response {
  return call.json({ statusCode: 500, message: "Internal server error" }, 500);
}

function gatewayTimeout(call: Call): Response {
  return call.json({ statusCode: 504, message: "Gateway timeout" }, 504);
}

function unauthorized(call: Call): Response {
  return call.json({ statusCode: 401, message: "Invalid JWT", error: "Unauthorized" }, 401);
}

function forbidden(call: Call): Response {
  const message = "The token does not have access to this location.";
  return call.json({ statusCode: 403, message, error: "Forbidden" }, 403);
}

function tooMany(call: Call): Response {
  return call.json({ statusCode: 429, message: "Too Many Requests" }, 429);
}

function unprocessable(call: Call, message: string): Response {
  return call.json({ statusCode: 422, message: [message], error: "Unprocessable Entity" }, 422);
}

function missing(crm: HighLevel, call: Call, id: string): Response {
  if (crm.behaviour.missingContact === "not_found") {
    return call.json({ statusCode: 404, message: `Contact with id ${id} not found`, error: "Not Found" }, 404);
  }
  return call.json({ statusCode: 400, message: `Contact with id ${id} not found`, error: "Bad Request" }, 400);
}
