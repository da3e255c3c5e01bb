import { Hono } from "hono";
import { z, ZodError } from "zod";
import { loopbackOnly } from "../carrier/loopback-only.ts";
import { Behaviour } from "./behaviour.ts";
import type { HighLevel } from "./highlevel.ts";

const ContactBody = z.strictObject({
  firstName: z.string().max(100),
  lastName: z.string().max(100),
  phone: z.string().max(40).nullable(),
  additionalPhones: z.array(z.strictObject({ phone: z.string().max(40), label: z.string().max(40).nullable() })),
  dnd: z.boolean(),
  smsStatus: z.enum(["active", "inactive", "permanent"]),
  assignedTo: z.string().nullable(),
  tags: z.array(z.string()),
});

const UserBody = z.strictObject({
  id: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  email: z.string(),
  role: z.enum(["admin", "user"]),
  assignedDataOnly: z.boolean(),
});

const NumberBody = z.strictObject({
  phoneNumber: z.string(),
  friendlyName: z.string().nullable(),
  type: z.enum(["local", "toll-free", "mobile", "national"]),
  isDefaultNumber: z.boolean(),
  linkedUser: z.string().nullable(),
  mms: z.boolean(),
});

const EventBody = z.strictObject({
  type: z.string(),
  contactId: z.string(),
  webhookId: z.string().optional(),
  timestamp: z.string().optional(),
  /** `signed` over another body, `N/A` as the vendor sends where it has no key, or not at all. */
  signature: z.enum(["valid", "of_another_body", "N/A", "none"]).default("valid"),
});

const UninstallBody = z.strictObject({
  keep: z.boolean().default(false),
  appId: z.string().optional(),
  webhookId: z.string().optional(),
  timestamp: z.string().optional(),
});

/** What somebody does in the CRM, and what a test does to it. This machine only. */
export function controlRoutes(crm: HighLevel): Hono {
  const routes = new Hono();
  routes.use(loopbackOnly);
  routes.onError((error, call) => {
    if (error instanceof ZodError) return call.json({ error: z.prettifyError(error) }, 400);
    throw error;
  });
  addContacts(routes, crm);
  addManners(routes, crm);
  return routes;
}

function addContacts(routes: Hono, crm: HighLevel): void {
  routes.get("/contacts", (call) => call.json(crm.contacts()));
  routes.patch("/contacts/:id", async (call) => {
    const id = call.req.param("id");
    const { deleted: _deleted, dateUpdated: _at, ...before } = crm.find(id) ?? emptyContact(id);
    const { id: _id, ...fields } = before;
    const change = ContactBody.parse({ ...fields, ...(await call.req.json<object>()) });
    const { contact, type } = crm.put({ id, ...change });
    // A webhook that never comes is the reason for reconciling.
    if (call.req.query("silent") === undefined) crm.tell(type, contact);
    return call.json(contact);
  });
  routes.delete("/contacts/:id", (call) => {
    const contact = crm.remove(call.req.param("id"));
    if (contact === undefined) return call.json({ error: "no such contact" }, 404);
    if (call.req.query("silent") === undefined) crm.tell("ContactDelete", contact);
    return call.json(contact);
  });
  routes.post("/webhooks", async (call) => {
    const { type, contactId, webhookId, timestamp, signature } = EventBody.parse(await call.req.json());
    const contact = crm.find(contactId);
    if (contact === undefined) return call.json({ error: "no such contact" }, 404);
    const body = crm.eventBody(type, contact, webhookId ?? crm.parts.newId(), timestamp);
    const signatures = {
      valid: crm.parts.events.signatureOf(body),
      of_another_body: crm.parts.events.signatureOf(`${body} `),
      "N/A": "N/A",
      none: null,
    };
    return call.json({ status: await crm.parts.events.post(body, signatures[signature]) });
  });
}

function emptyContact(id: string) {
  return {
    id,
    firstName: "",
    lastName: "",
    phone: null,
    additionalPhones: [],
    dnd: false,
    smsStatus: "inactive" as const,
    assignedTo: null,
    tags: [],
    deleted: false,
    dateUpdated: "",
  };
}

function addManners(routes: Hono, crm: HighLevel): void {
  routes.get("/requests", (call) => call.json(crm.requests));
  routes.delete("/requests", (call) => {
    crm.requests = [];
    return call.json({});
  });
  routes.get("/events", (call) => call.json(crm.parts.events.sent));
  routes.get("/notes", (call) => call.json(crm.notes));
  routes.get("/counts", (call) => {
    const { tokens } = crm.parts;
    return call.json({ refused: crm.limit.refused, refreshes: tokens.refreshes, replays: tokens.replays });
  });
  routes.get("/behaviour", (call) => call.json(crm.behaviour));
  routes.patch("/behaviour", async (call) => {
    crm.behaviour = Behaviour.parse({ ...crm.behaviour, ...(await call.req.json<object>()) });
    return call.json(crm.behaviour);
  });
  routes.put("/users", async (call) => {
    crm.users = z.array(UserBody).parse(await call.req.json());
    return call.json(crm.users);
  });
  routes.put("/numbers", async (call) => {
    crm.numbers = z.array(NumberBody).parse(await call.req.json());
    return call.json(crm.numbers);
  });
  routes.post("/tokens/expire", (call) => {
    crm.parts.tokens.expireAccess();
    return call.json({});
  });
  /** An admin of the CRM takes the app out of the location; `keep` leaves its tokens working, as if for a moment. */
  routes.post("/app/uninstall", async (call) => {
    const { keep, ...event } = UninstallBody.parse(await call.req.json());
    const { tokens, events, locationId, newId } = crm.parts;
    if (!keep) tokens.revokeAll();
    const told = { type: "UNINSTALL", locationId, companyId: "company-of-the-sandbox", webhookId: newId(), ...event };
    const body = JSON.stringify({ timestamp: new Date().toISOString(), ...told });
    return call.json({ status: await events.post(body, events.signatureOf(body)) });
  });
  routes.post("/tokens/revoke", (call) => {
    crm.parts.tokens.revokeAll();
    return call.json({});
  });
}
