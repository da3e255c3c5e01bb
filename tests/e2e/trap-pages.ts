import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";

const FOLDER = join(import.meta.dirname, "..", "pages", "traps");
const LIST = /<!-- list -->/g;

export interface TrapPages {
  origin: string;
  /** The same pages under the machine's other name: another site to the browser. */
  otherOrigin: string;
  close: () => Promise<void>;
}

/**
 * Serves pages that trip up what lives in them, each with a list as the sample CRM's. Any address shows the page named by
 * `?page=`, so that a page may go wherever it likes; the query's other parts are response headers.
 */
export async function serveTrapPages(): Promise<TrapPages> {
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : "";
  return {
    origin: `http://127.0.0.1:${port}`,
    otherOrigin: `http://localhost:${port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function answer({ url = "/" }: IncomingMessage, response: ServerResponse): Promise<void> {
  const { searchParams } = new URL(url, "http://trap");
  const name = searchParams.get("page") ?? "plain";
  const page = await readFile(join(FOLDER, `${name.replace(/[^a-z-]/g, "")}.html`), "utf8").catch(() => null);
  if (page === null) {
    response.writeHead(404).end();
    return;
  }
  for (const [header, value] of searchParams) if (header !== "page") response.setHeader(header, value);
  response.setHeader("content-type", "text/html; charset=utf-8").end(page.replaceAll(LIST, list()));
}

/** Three people in the sample CRM's markup, with the page's own count of what is ticked. */
function list(): string {
  const rows = ["Ada Finch", "Ben Okoro", "Cleo Marsh"].map(
    (name, index) =>
      `<div class="contact-row" data-contact-id="trap-${index + 1}"><label><input type="checkbox"> ` +
      `<a class="contact-name" href="/contacts/trap-${index + 1}">${name}</a></label></div>`,
  );
  return `<div class="contact-table">${rows.join("")}</div>`;
}
