import { allow, refuse } from "@partyline/domain/result";
import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { createApiClient, type ApiAccess } from "../../../utils/api-client.ts";
import { json, problem, serve, type Asked, type TestServer } from "./example.ts";
import type { ServerResponse } from "node:http";

const Thing = z.object({ name: z.string() });
let server: TestServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

async function clientOf(answer: (asked: Asked, response: ServerResponse) => void, changed: Partial<ApiAccess> = {}) {
  const running = await serve(answer);
  server = running;
  return createApiClient({
    backend: async () => running.url,
    mayReach: async () => true,
    accessToken: async () => allow("fresh"),
    renewToken: async () => refuse({ reason: "signed_out" }),
    ...changed,
  });
}

test("a value comes back as its schema reads it, asked for with the token", async () => {
  const api = await clientOf((_, response) => json(response, 200, { name: "Oak", more: 1 }));
  expect(await api.get("/v1/thing", Thing, { query: { limit: 2 } })).toEqual(allow({ name: "Oak" }));
  expect(server?.asked[0]).toMatchObject({ path: "/v1/thing?limit=2", headers: { authorization: "Bearer fresh" } });
});

test("what is known already is not sent again, and a newer answer comes with its tag", async () => {
  const api = await clientOf(({ headers }, response) => {
    if (headers["if-none-match"] === '"two"') response.writeHead(304).end();
    else json(response.setHeader("etag", '"two"'), 200, { name: "Oak" });
  });
  const changed = allow({ value: { name: "Oak" }, tag: '"two"' });
  expect(await api.getChanged("/v1/thing", Thing, null)).toEqual(changed);
  expect(await api.getChanged("/v1/thing", Thing, '"one"')).toEqual(changed);
  expect(await api.getChanged("/v1/thing", Thing, '"two"')).toEqual(allow(null));
});

test("a write carries its key and its body", async () => {
  const api = await clientOf((_, response) => json(response, 201, { name: "Oak" }));
  await api.write({ method: "POST", path: "/v1/things", key: "key-1", body: { name: "Oak" } }, Thing);
  expect(server?.asked).toHaveLength(1);
  expect(server?.asked[0]).toMatchObject({ method: "POST", body: '{"name":"Oak"}' });
  expect(server?.asked[0]?.headers["idempotency-key"]).toBe("key-1");
});

test("a problem is refused with its code and what the rule said", async () => {
  const refusal = { reason: "too_few_participants", count: 1, min: 2 };
  const api = await clientOf((_, response) => problem(response, "roster_refused", 422, { refusal, detail: "No." }));
  expect(await api.write({ method: "POST", path: "/v1/groups", key: "k" }, Thing)).toEqual(
    refuse({ reason: "problem", code: "roster_refused", detail: "No.", refusal, groupId: null, retryAfter: null }),
  );
});

test.each([
  ["a web page", (response: ServerResponse) => response.writeHead(200, { "content-type": "text/html" }).end("<p>Hi")],
  ["another API", (response: ServerResponse) => json(response, 200, { hello: "world" })],
  ["a page that is not there", (response: ServerResponse) => response.writeHead(404).end("Not found")],
  ["somebody else's error", (response: ServerResponse) => json(response, 403, { error: "forbidden" })],
  ["a captive portal", (response: ServerResponse) => response.writeHead(302, { location: "/sign-in" }).end()],
] as [string, (response: ServerResponse) => void][])("%s is not a backend", async (_, answer) => {
  const api = await clientOf((_asked, response) => answer(response));
  expect(await api.get("/v1/thing", Thing)).toEqual(refuse({ reason: "not_a_backend", backend: server?.url }));
  expect(server?.asked).toHaveLength(1);
});

test("a write is tried once, whatever the backend says", async () => {
  const api = await clientOf((_, response) => problem(response, "unavailable", 503));
  const answer = await api.write({ method: "PUT", path: "/v1/thing", key: "k", body: {} }, Thing);
  expect(answer).toMatchObject({ ok: false, refusal: { code: "unavailable" } });
  expect(server?.asked).toHaveLength(1);
});

test("a backend that is gone is unreachable", async () => {
  const api = await clientOf((_, response) => json(response, 200, {}));
  const url = server?.url;
  await server?.close();
  expect(await api.get("/v1/thing", Thing)).toEqual(refuse({ reason: "unreachable", backend: url }));
});

test("a backend that breaks off in the middle of an answer is unreachable", async () => {
  const api = await clientOf((_, response) => {
    response.writeHead(200, { "content-length": "100" }).write("{");
    setTimeout(() => response.destroy(), 20);
  });
  expect(await api.get("/v1/thing", Thing)).toEqual(refuse({ reason: "unreachable", backend: server?.url }));
});

test("a backend that does not answer in time is unreachable", async () => {
  const api = await clientOf(() => {});
  const answer = await api.get("/v1/thing", Thing, { timeoutMs: 100 });
  expect(answer).toEqual(refuse({ reason: "unreachable", backend: server?.url }));
});

test("an expired token is renewed once and the request sent again", async () => {
  const api = await clientOf(
    ({ headers }, response) =>
      headers.authorization === "Bearer new"
        ? json(response, 200, { name: "Oak" })
        : problem(response, "token_expired", 401),
    { renewToken: async (stale) => allow(stale === "fresh" ? "new" : "wrong") },
  );
  expect(await api.get("/v1/thing", Thing)).toEqual(allow({ name: "Oak" }));
  expect(server?.asked).toHaveLength(2);
});

test("a renewed token that is refused as well means signed out, not another try", async () => {
  const api = await clientOf((_, response) => problem(response, "token_expired", 401), {
    renewToken: async () => allow("new"),
  });
  expect(await api.get("/v1/thing", Thing)).toEqual(refuse({ reason: "signed_out" }));
  expect(server?.asked).toHaveLength(2);
});

test("a revoked session means signed out", async () => {
  const api = await clientOf((_, response) => problem(response, "session_revoked", 401));
  expect(await api.get("/v1/thing", Thing)).toEqual(refuse({ reason: "signed_out" }));
});

test("nothing is asked of a backend the browser may not reach", async () => {
  const api = await clientOf((_, response) => json(response, 200, { name: "Oak" }), { mayReach: async () => false });
  expect(await api.get("/v1/thing", Thing)).toEqual(refuse({ reason: "no_permission", origin: server?.url }));
  expect(server?.asked).toHaveLength(0);
});
