import { Hono } from "hono";
import type { Carrier } from "./carrier.ts";
import { loopbackOnly } from "./loopback-only.ts";

/** Pictures: at the vendor's URL until it expires, and on the handsets for ever. */
export function mediaRoutes(carrier: Carrier): Hono {
  const routes = new Hono();
  routes.get("/media/:id", (call) => {
    const picture = find(carrier, call.req.param("id"));
    const expired = picture?.expiresAt && carrier.nowIso() >= picture.expiresAt;
    return picture && !expired ? serve(carrier, picture) : call.notFound();
  });
  routes.get("/control/pictures/:id", loopbackOnly, (call) => {
    const picture = find(carrier, call.req.param("id"));
    return picture ? serve(carrier, picture) : call.notFound();
  });
  return routes;
}

function find(carrier: Carrier, id: string) {
  return carrier.state.pictures.find((picture) => picture.id === id);
}

function serve(carrier: Carrier, picture: { id: string; contentType: string }): Response {
  const bytes = carrier.parts.pictures.get(picture.id);
  if (bytes === null) return new Response(null, { status: 404 });
  return new Response(new Uint8Array(bytes), {
    headers: {
      "content-type": picture.contentType,
      "x-content-type-options": "nosniff",
      // Pictures come from anybody: an SVG or a page among them must not run as this site.
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    },
  });
}
