import { createServer } from "node:http";
import { once } from "node:events";
import { readPageFile } from "../pages/page-files.ts";

/** One of the imitated CRMs on an address of this machine, for a browser in which addresses cannot be answered in its place. */
export async function serveFixture(origin: string): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    void readPageFile(new URL(request.url ?? "/", origin)).then(({ status, contentType, body }) =>
      response.writeHead(status, { "content-type": contentType }).end(body),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new TypeError("The page listens on no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
