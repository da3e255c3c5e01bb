import { readFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import { Hono } from "hono";

const PAGE = new URL("./page/", import.meta.url);

const HEADERS = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-cache",
};

/** The phones page: static files, and the browser's TypeScript with its types blanked out. */
export function phonesRoutes(): Hono {
  const routes = new Hono();
  routes.get("/", async (call) => call.html(await read("phones.html"), 200, HEADERS));
  routes.get("/phones/:file{[a-z-]+\\.css}", async (call) =>
    call.body(await read(call.req.param("file")), 200, { ...HEADERS, "content-type": "text/css; charset=utf-8" }),
  );
  routes.get("/phones/:file{[a-z-]+\\.ts}", async (call) => {
    const script = stripTypeScriptTypes(await read(call.req.param("file")));
    return call.body(script, 200, { ...HEADERS, "content-type": "text/javascript; charset=utf-8" });
  });
  routes.onError((error, call) => {
    if ("code" in error && error.code === "ENOENT") return call.notFound();
    throw error;
  });
  return routes;
}

function read(file: string): Promise<string> {
  return readFile(new URL(file, PAGE), "utf8");
}
