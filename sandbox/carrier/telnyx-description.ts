import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { vendorDescription } from "../testing/validating-proxy.ts";

/**
 * Telnyx's description, with one change: the proxy's `url` format refuses hosts without a dot, such as loopback
 * addresses with a port. Null where the descriptions are not at hand.
 */
export function telnyxDescription(folder: string): string | null {
  const original = vendorDescription("telnyx-messaging.json");
  if (original === null) return null;
  const path = join(folder, "telnyx-messaging.json");
  writeFileSync(path, readFileSync(original, "utf8").replaceAll(/"format":\s*"url"/g, '"format":"uri"'));
  return path;
}
