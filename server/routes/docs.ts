import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { readFile } from "node:fs/promises";
import { Hono } from "hono";
import type { RequestEnv } from "../http/request.ts";

const ASSETS = { "swagger-ui.css": "text/css", "swagger-ui-bundle.js": "text/javascript" } as const;
const SWAGGER_UI = dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>Partyline API</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css" />
  </head>
  <body>
    <div id="api"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>`;
const START = `SwaggerUIBundle({ url: "/openapi.json", domNode: document.getElementById("api") });`;
/** Swagger UI sets styles from script; everything else comes from this server alone. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'";

/** The API's description for people. */
export function docsRoutes(): Hono<RequestEnv> {
  const routes = new Hono<RequestEnv>()
    .get("/docs", (c) => c.html(PAGE, 200, { "content-security-policy": POLICY }))
    .get("/docs/start.js", (c) => c.body(START, 200, { "content-type": "text/javascript" }));
  for (const [name, type] of Object.entries(ASSETS)) {
    routes.get(`/docs/${name}`, async (c) => {
      const file = await readFile(join(SWAGGER_UI, name), "utf8");
      return c.body(file, 200, { "content-type": type, "cache-control": "max-age=3600" });
    });
  }
  return routes;
}
