import { readFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";

const PAGE = new URL("./page/", import.meta.url);
const TYPES: Record<string, string> = {
  ts: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
};

/** The page itself. Its TypeScript is served with the types taken out, so there is no build and no bundle. */
export function pageFiles(): Hono {
  const app = new Hono();
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
      strictTransportSecurity: false,
    }),
  );
  app.get("/", (c) => c.redirect("/contacts"));
  app.get("/page/:file{[a-z-]+\\.(ts|css|svg)}", async (c) => {
    const file = c.req.param("file");
    const text = await readPageFile(file);
    if (text === null) return c.notFound();
    const body = file.endsWith(".ts") ? stripTypeScriptTypes(text) : text;
    return c.body(body, 200, {
      "content-type": TYPES[file.slice(file.lastIndexOf(".") + 1)] ?? "text/plain",
      "cache-control": "no-cache",
    });
  });
  // Every address of the page is the same document; its own script reads the path.
  for (const path of ["/contacts", "/contacts/:id"]) {
    app.get(path, async (c) => c.html((await readPageFile("index.html")) ?? ""));
  }
  return app;
}

async function readPageFile(file: string): Promise<string | null> {
  try {
    return await readFile(new URL(file, PAGE), "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
