import { randomBytes } from "node:crypto";
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import { createContactDesk } from "./contact-desk.ts";
import { createDirectoryClient, type DirectoryAddress } from "./directory-client.ts";
import { pageFiles } from "./page-files.ts";
import { sampleActivity } from "./people.ts";
import { contactRoutes } from "./routes.ts";

export interface CrmOptions extends DirectoryAddress {
  /** 0 takes any free port. */
  port: number;
  host: string;
}

export interface RunningCrm {
  url: string;
  close(): Promise<void>;
}

/** Serves the sample CRM; rejects with the system's error when the port is taken. */
export async function startCrm({ port, host, ...address }: CrmOptions): Promise<RunningCrm> {
  const desk = createContactDesk({
    directory: createDirectoryClient(address),
    activity: sampleActivity(Date.now()),
    newId: () => randomBytes(10).toString("hex"),
  });
  const app = new Hono().route("/api", contactRoutes(desk)).route("/", pageFiles());
  const server = createAdaptorServer({ fetch: app.fetch });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new TypeError("The CRM listens on no port");
  return {
    url: `http://${host}:${bound.port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
}
