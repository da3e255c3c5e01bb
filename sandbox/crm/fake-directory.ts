import { createAdaptorServer } from "@hono/node-server";
import { ContactsImport, ContactWrite, type Contact } from "@partyline/contract/contact";
import { PROBLEMS, type ProblemCode } from "@partyline/contract/problem-codes";
import { Hono, type Context } from "hono";

const OWNERS = [
  { crmUserId: "u-ava", name: "Ava Brooks" },
  { crmUserId: "u-ben", name: "Ben Carter" },
  { crmUserId: "u-cleo", name: "Cleo Diaz" },
];

export interface FakeDirectory {
  url: string;
  contacts: Map<string, Contact>;
  /** Every Idempotency-Key a write came with. */
  keys: string[];
  close(): Promise<void>;
}

/** The backend's contact routes over a real socket, for the CRM's own tests: the contract's shapes and nothing more. */
export async function startFakeDirectory(apiKey: string, port = 0): Promise<FakeDirectory> {
  const contacts = new Map<string, Contact>();
  const keys: string[] = [];
  const app = new Hono();
  app.use(async (c, next) => {
    if (c.req.header("authorization") !== `Bearer ${apiKey}`) return refuse(c, "not_signed_in");
    const key = c.req.header("idempotency-key");
    if (c.req.method !== "GET" && key === undefined) return refuse(c, "idempotency_key_missing");
    if (key !== undefined) keys.push(key);
    return next();
  });
  const write = (id: string, contact: ContactWrite): Contact => {
    const ownerName = OWNERS.find((owner) => owner.crmUserId === contact.ownerId)?.name ?? null;
    const stored = { ...contact, id, ownerName, deletedAt: null, optedOutOf: [] };
    contacts.set(id, stored);
    return stored;
  };
  app.get("/v1/owners", (c) => c.json({ owners: OWNERS }));
  app.get("/v1/contacts", (c) => {
    const living = [...contacts.values()].filter((contact) => contact.deletedAt === null);
    const from = Number(c.req.query("cursor") ?? 0);
    const to = from + Math.min(Number(c.req.query("limit") ?? 50), 200);
    const next = to < living.length ? String(to) : null;
    return c.json({ contacts: living.slice(from, to), next, total: living.length });
  });
  app.post("/v1/contacts/import", async (c) => {
    const body = ContactsImport.parse(await c.req.json());
    for (const { id, ...contact } of body.contacts) write(id, contact);
    return c.json({ count: body.contacts.length });
  });
  app.get("/v1/contacts/:id", (c) => {
    const contact = contacts.get(c.req.param("id"));
    if (!contact) return refuse(c, "not_found");
    return contact.deletedAt === null ? c.json(contact) : refuse(c, "contact_deleted");
  });
  app.put("/v1/contacts/:id", async (c) => c.json(write(c.req.param("id"), ContactWrite.parse(await c.req.json()))));
  app.delete("/v1/contacts/:id", (c) => {
    const contact = contacts.get(c.req.param("id"));
    if (contact?.deletedAt !== null) return refuse(c, "not_found");
    contact.deletedAt = "2026-11-03T09:00:00.000Z";
    return c.body(null, 204);
  });
  return { contacts, keys, ...(await listen(app, port)) };
}

function refuse(c: Context, code: ProblemCode): Response {
  return c.json({ type: `/problems/${code}`, code, ...PROBLEMS[code] }, PROBLEMS[code].status);
}

/** Serves any app on a free port of this machine. */
export async function listen(app: Hono, port = 0): Promise<{ url: string; close(): Promise<void> }> {
  const server = createAdaptorServer({ fetch: app.fetch });
  await new Promise<void>((resolve) => {
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new TypeError("The fake directory listens on no port");
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      if ("closeAllConnections" in server) server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${address.port}`, close };
}
