import { readFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";

export interface HighLevelPageOptions {
  /** 0 takes any free port. */
  port: number;
  /** The emulated HighLevel whose people the page shows. */
  crmUrl: string;
}

export interface RunningHighLevelPage {
  url: string;
  close: () => Promise<void>;
}

const PAGE = new URL("./page/", import.meta.url);
const TYPES: Record<string, string> = { ts: "text/javascript", css: "text/css" };

/** Serves pages with HighLevel's addresses and markup over the people of the emulated one. Our own fixture, no copy. */
export async function startHighLevelPage({ port, crmUrl }: HighLevelPageOptions): Promise<RunningHighLevelPage> {
  const app = new Hono();
  app.get("/page/people", async (c) => c.json(await (await fetch(`${crmUrl}/control/contacts`)).json()));
  app.patch("/page/people/:id", async (c) => {
    const id = encodeURIComponent(c.req.param("id"));
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${crmUrl}/control/contacts/${id}`, {
      method: "PATCH",
      headers,
      body: await c.req.text(),
    });
    return c.body(await answer.text(), answer.ok ? 200 : 502, headers);
  });
  app.get("/page/:file{[a-z-]+\\.(ts|css)}", async (c) => {
    const file = c.req.param("file");
    const text = await readFile(new URL(file, PAGE), "utf8");
    const ending = file.slice(file.lastIndexOf(".") + 1);
    return c.body(ending === "ts" ? stripTypeScriptTypes(text) : text, 200, {
      "content-type": `${TYPES[ending] ?? "text/plain"}; charset=utf-8`,
    });
  });
  // Every address below a location is the same document; its own script reads the path.
  app.get("/v2/location/:location/*", async (c) => c.html(await readFile(new URL("index.html", PAGE), "utf8")));
  const server = createAdaptorServer({ fetch: app.fetch });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new TypeError("The page listens on no port");
  return {
    url: `http://127.0.0.1:${bound.port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
}
