import { bodyLimit } from "hono/body-limit";
import { createMiddleware } from "hono/factory";
import { routePath } from "hono/route";
import { secureHeaders } from "hono/secure-headers";
import type { Context } from "./context.ts";
import { authenticate } from "./http/authenticate.ts";
import { createSendLimit } from "./http/limit-sends.ts";
import { createApi } from "./http/open-api.ts";
import { ProblemError } from "./http/problem-error.ts";
import { reportErrors } from "./http/report-errors.ts";
import type { Api, RequestEnv } from "./http/request.ts";
import { requireJson } from "./http/require-json.ts";
import { addContactRoutes } from "./routes/contacts.ts";
import { directoryCallback } from "./routes/directory-callback.ts";
import { directoryWebhooks } from "./routes/directory-webhooks.ts";
import { addDirectoryRoutes } from "./routes/directory.ts";
import { docsRoutes } from "./routes/docs.ts";
import { addGroupRoutes } from "./routes/groups.ts";
import { healthRoutes } from "./routes/health.ts";
import { addMessageRoutes } from "./routes/messages.ts";
import { addScheduledRoutes } from "./routes/scheduled.ts";
import { addNumberRoutes } from "./routes/numbers.ts";
import { addRecipeRoutes } from "./routes/recipes.ts";
import { addSessionRoutes } from "./routes/session.ts";
import { addSyncRoutes } from "./routes/sync.ts";
import { webhookRoutes } from "./routes/webhooks.ts";

const BODY_MAX = 1024 * 1024;

/** The whole HTTP surface over one context. */
export function createApp(context: Context): Api {
  const app = createApi();
  app.onError(reportErrors(context.log));
  app.notFound(() => {
    throw new ProblemError("not_found");
  });
  // With no-referrer, browsers hide the origin of a form as well, and the sign-in page could not tell its own.
  app.use(secureHeaders({ referrerPolicy: "same-origin" }));
  app.use(nameRequest(context));
  app.route("/", healthRoutes(context));
  app.route("/", docsRoutes());
  app.route("/", webhookRoutes(context));
  app.route("/", directoryWebhooks(context));
  app.route("/", directoryCallback(context));
  app.route("/", context.signIn.routes);
  app.use("/v1/*", limitBody);
  app.use("/v1/*", authenticate(context));
  app.use("/v1/*", requireJson);
  addSessionRoutes(app, context);
  addNumberRoutes(app, context);
  addContactRoutes(app, context);
  addDirectoryRoutes(app, context);
  addRecipeRoutes(app, context);
  const limitSends = createSendLimit(context);
  addGroupRoutes(app, context, limitSends);
  addMessageRoutes(app, context, limitSends);
  addScheduledRoutes(app, context, limitSends);
  addSyncRoutes(app, context);
  describe(app, context);
  return app;
}

const limitBody = bodyLimit({
  maxSize: BODY_MAX,
  onError: () => {
    throw new ProblemError("payload_too_large", { detail: `The most is ${BODY_MAX} bytes.` });
  },
});

/** Gives each request a name for the log, and logs what became of it: the route, never its parameters or body. */
function nameRequest({ log, newId }: Context) {
  return createMiddleware<RequestEnv>(async (c, next) => {
    const requestId = newId();
    c.set("requestId", requestId);
    c.header("x-request-id", requestId);
    const start = performance.now();
    await next();
    const ms = Math.round(performance.now() - start);
    log.debug({ requestId, method: c.req.method, route: routePath(c, -1), status: c.res.status, ms }, "request");
  });
}

function describe(app: Api, { config }: Context): void {
  app.openAPIRegistry.registerComponent("securitySchemes", "bearer", { type: "http", scheme: "bearer" });
  app.doc31("/openapi.json", {
    openapi: "3.1.0",
    info: { title: "Partyline", version: "0.1.0", description: "Group SMS for the contacts of a CRM." },
    servers: [{ url: config.publicUrl }],
    security: [{ bearer: [] }],
  });
}
