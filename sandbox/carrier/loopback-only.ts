import { getConnInfo } from "@hono/node-server/conninfo";
import type { MiddlewareHandler } from "hono";

/**
 * Lets in only this machine, and no web page of another site on it: the peer must be loopback, the Host too (else a
 * name that resolves to 127.0.0.1 would do), and a change must be JSON, which foreign pages cannot send unasked.
 */
export const loopbackOnly: MiddlewareHandler = async (call, next) => {
  const peer = getConnInfo(call).remote.address ?? "";
  const host = new URL(call.req.url).hostname;
  if (!isLoopback(peer) || !isLoopback(host)) return call.json({ error: "loopback only" }, 403);
  const changes = call.req.method !== "GET" && call.req.method !== "HEAD";
  const json = call.req.header("content-type")?.startsWith("application/json") === true;
  if (changes && !json) return call.json({ error: "application/json only" }, 415);
  return next();
};

function isLoopback(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, "").replace(/^::ffff:/, "");
  return bare === "::1" || bare === "localhost" || bare.startsWith("127.");
}
