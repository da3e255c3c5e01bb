import { Hono, type Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { etag } from "hono/etag";
import { HTTPException } from "hono/http-exception";
import type { z } from "zod";
import type { ChangeRefusal, ContactDesk } from "./contact-desk.ts";
import { ContactEdit, DoNotDisturbEdit, type CrmContact, type Trouble } from "./crm-contact.ts";
import { DirectoryRefused, DirectoryUnreachable } from "./directory-client.ts";

const REFUSALS: Record<ChangeRefusal, { status: 404 | 409; trouble: string }> = {
  not_found: { status: 404, trouble: "This contact was deleted." },
  permanent: { status: 409, trouble: "The carrier blocks texts to this person; that cannot be changed here." },
};

/** The JSON endpoints of the CRM's own page. */
export function contactRoutes(desk: ContactDesk): Hono {
  const app = new Hono();
  app.use(bodyLimit({ maxSize: 64 * 1024 }));
  app.get("/contacts", etag(), async (c) => {
    c.header("cache-control", "no-cache");
    return c.json(await desk.list());
  });
  app.post("/contacts", async (c) => c.json(await desk.create(await readBody(c, ContactEdit)), 201));
  app.put("/contacts/:id", async (c) => answer(c, await desk.edit(c.req.param("id"), await readBody(c, ContactEdit))));
  app.put("/contacts/:id/do-not-disturb", async (c) => {
    const { on } = await readBody(c, DoNotDisturbEdit);
    return answer(c, await desk.setDoNotDisturb(c.req.param("id"), on));
  });
  app.delete("/contacts/:id", async (c) => {
    await desk.remove(c.req.param("id"));
    return c.body(null, 204);
  });
  app.onError(answerError);
  return app;
}

function answer(c: Context, outcome: CrmContact | ChangeRefusal): Response {
  if (typeof outcome !== "string") return c.json(outcome);
  const { status, trouble } = REFUSALS[outcome];
  return c.json({ trouble } satisfies Trouble, status);
}

async function readBody<Schema extends z.ZodType>(c: Context, schema: Schema): Promise<z.infer<Schema>> {
  const body: unknown = await c.req.json().catch(() => undefined);
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new HTTPException(400, { message: issue ? `${issue.path.join(".")}: ${issue.message}` : "Not understood" });
}

function answerError(error: Error, c: Context): Response {
  const trouble = { trouble: error.message } satisfies Trouble;
  if (error instanceof DirectoryUnreachable) return c.json(trouble, 503);
  if (error instanceof DirectoryRefused) return c.json(trouble, 502);
  if (error instanceof HTTPException) return c.json(trouble, error.status);
  console.error(error);
  return c.json({ trouble: "Something went wrong in the CRM." } satisfies Trouble, 500);
}
