import { faultsOf, type Fault } from "@partyline/contract/faults";
import { PublishedRecipes, type SignedRecipes } from "@partyline/contract/recipe-book";
import { allow, refuse, type Result } from "@partyline/domain/result";
import { z } from "zod";

const Payload = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue("is not JSON");
      return z.NEVER;
    }
  })
  .pipe(PublishedRecipes);

export type SignedRefusal = { reason: "bad_signature" } | { reason: "invalid"; faults: Fault[] };

/** The publisher's recipes, where one of these keys signed exactly this text and every one of them is valid. */
export async function openSigned(
  { payload, signature }: SignedRecipes,
  keys: readonly string[],
): Promise<Result<PublishedRecipes, SignedRefusal>> {
  const bytes = new TextEncoder().encode(payload);
  const checks = await Promise.all(keys.map((key) => isSignedBy(key, bytes, signature)));
  if (!checks.includes(true)) return refuse({ reason: "bad_signature" });
  const read = Payload.safeParse(payload);
  return read.success ? allow(read.data) : refuse({ reason: "invalid", faults: faultsOf(read.error) });
}

/** P-256 rather than Ed25519, which the oldest Chromium that the manifest admits does not have yet. */
async function isSignedBy(key: string, bytes: Uint8Array<ArrayBuffer>, signature: string): Promise<boolean> {
  const curve = { name: "ECDSA", namedCurve: "P-256" };
  const publicKey = await crypto.subtle.importKey("spki", fromBase64(key), curve, false, ["verify"]);
  return crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, publicKey, fromBase64(signature), bytes);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
