import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DANA, HighLevelBench, LOCATION, PRIVATE_TOKEN } from "@partyline/sandbox/highlevel/highlevel-bench";
import { hasDescriptions, writeDescription } from "@partyline/sandbox/highlevel/vendor-description";
import { startValidatingProxy, type ValidatingProxy } from "@partyline/sandbox/testing/validating-proxy";
import {
  DirectoryAnswerError,
  DirectoryNotConnectedError,
  DirectoryOutcomeUnknownError,
  DirectoryUnavailableError,
} from "../directory.ts";
import { createClient, type HighLevelClient } from "./client.ts";
import { RequestGate } from "./request-gate.ts";

const EVERYBODY = { query: "", assignedTo: null, phones: [], page: 1, pageSize: 20, urgency: "now" as const };

function clientAt(apiUrl: string, token = PRIVATE_TOKEN): HighLevelClient {
  return createClient({
    apiUrl,
    timeoutMs: 2_000,
    locationId: LOCATION,
    gate: new RequestGate({ max: 100, intervalMs: 10_000 }),
    accessToken: async () => token,
    onRefused: async () => undefined,
  });
}

// Without the vendor's descriptions there is nothing to compare with: the run then shows these as skipped.
describe.skipIf(!hasDescriptions())("the client's calls against the vendor's descriptions", () => {
  const crm = new HighLevelBench();
  const folder = mkdtempSync(join(tmpdir(), "highlevel-"));
  let proxy: ValidatingProxy;
  let client: HighLevelClient;

  beforeAll(async () => {
    await crm.start();
    proxy = await startValidatingProxy(writeDescription(folder), crm.crm.url);
    client = clientAt(proxy.url);
  });
  afterAll(async () => {
    proxy.close();
    await crm.stop();
    rmSync(folder, { recursive: true });
  });

  test("read a contact, and one that is not there", async () => {
    expect((await client.contact(DANA.id, "now"))?.contact.name).toBe("Dana Wu");
    expect(await client.contact("zzzzzzzzzzzzzzzzzzzz", "now")).toBeNull();
  });

  test("search by words, by number and among one owner's", async () => {
    expect((await client.list({ ...EVERYBODY, query: "dana" })).total).toBe(1);
    const byNumber = async (...phones: string[]) =>
      (await client.list({ ...EVERYBODY, phones })).contacts.map(({ name }) => name);
    expect(await byNumber("+16285550110")).toEqual(["Luis Ortega"]);
    expect(await byNumber("+16285550110", "+14155550142", "+13035550000")).toEqual(["Dana Wu", "Luis Ortega"]);
    expect((await client.list({ ...EVERYBODY, assignedTo: "u-nobody" })).contacts).toEqual([]);
  });

  test("list users and numbers, and write a note", async () => {
    expect(await client.users("now")).toHaveLength(3);
    expect(await client.numbers("now")).toHaveLength(4);
    await client.addNote(DANA.id, "Copied by Partyline");
    expect(await crm.control("GET", "/notes")).toEqual([{ contactId: DANA.id, body: "Copied by Partyline" }]);
  });
});

describe("the client when things go wrong", () => {
  const crm = new HighLevelBench();
  let client: HighLevelClient;
  beforeAll(async () => {
    await crm.start();
    client = clientAt(crm.crm.url);
  });
  afterAll(() => crm.stop());

  test("takes both ways of saying that a contact is not there, but no other 400, for its end", async () => {
    await crm.behave({ missingContact: "not_found" });
    expect(await client.contact("zzzzzzzzzzzzzzzzzzzz", "now")).toBeNull();
    await crm.behave({ missingContact: "bad_request" });
    expect(await client.contact("zzzzzzzzzzzzzzzzzzzz", "now")).toBeNull();
    const answers400 = await answering(400, { message: "version header is invalid" });
    await expect(clientAt(answers400.url).contact(DANA.id, "now")).rejects.toThrow(DirectoryAnswerError);
    answers400.close();
  });

  test("a contact of another location is nobody here", async () => {
    const foreign = await answering(200, { contact: { id: DANA.id, locationId: "anotherLocation00001" } });
    expect(await clientAt(foreign.url).contact(DANA.id, "now")).toBeNull();
    foreign.close();
  });

  test("one odd record in a list does not hide the others", async () => {
    const contacts = [{ id: "odd", dnd: "true" }, { id: DANA.id, firstName: "Dana" }, null];
    const listing = await answering(200, { contacts, total: 3 });
    const { contacts: found } = await clientAt(listing.url).list(EVERYBODY);
    expect(found.map(({ name }) => name)).toEqual(["Dana"]);
    listing.close();
  });

  test("says that access ended, and does not try for ever", async () => {
    await expect(clientAt(crm.crm.url, "pit-of-somebody-else").users("now")).rejects.toThrow(
      DirectoryNotConnectedError,
    );
    expect(await crm.callsTo("/users/")).toBe(2);
  });

  test("gives up a read after four failures, and a write after one", async () => {
    await crm.control("DELETE", "/requests");
    await crm.behave({ next: ["server_error", "reset", "garbage", "server_error"] });
    await expect(client.contact(DANA.id, "now")).rejects.toThrow(DirectoryUnavailableError);
    expect(await crm.callsTo("/contacts/")).toBe(4);
    await crm.behave({ next: ["reset"] });
    await expect(client.addNote(DANA.id, "once")).rejects.toThrow(DirectoryOutcomeUnknownError);
    expect(await crm.callsTo(`/contacts/${DANA.id}/notes`)).toBe(1);
  });
});

/** Something at the other end that always answers the same. */
async function answering(status: number, body: object): Promise<{ url: string; close: () => void }> {
  const server = createServer((_request, response) => {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}
