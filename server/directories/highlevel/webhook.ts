import { createHash, createPublicKey, verify, type KeyObject } from "node:crypto";
import { z } from "zod";

/** What a webhook says that is of use: that something about a contact may have changed, never what it is now. */
export const DirectoryEvent = z.looseObject({
  type: z.enum(["ContactCreate", "ContactUpdate", "ContactDelete", "ContactDndUpdate"]),
  locationId: z.string().min(1),
  /** The contact's. */
  id: z.string().min(1).max(128),
  dateUpdated: z.string().nullish(),
  /** The contact's primary one: not taken for so, but whose number it is says whether the CRM is worth asking. */
  phone: z.string().nullish().catch(null),
});
export type DirectoryEvent = z.infer<typeof DirectoryEvent>;

/** The app was taken out of a location: from then on no token of it works. */
export const UninstallEvent = z.looseObject({
  type: z.literal("UNINSTALL"),
  appId: z.string().min(1).nullish(),
  locationId: z.string().min(1),
  timestamp: z.string().nullish(),
});
export type UninstallEvent = z.infer<typeof UninstallEvent>;

/** What is worth keeping. */
export const KeptEvent = z.union([DirectoryEvent, UninstallEvent]);

const Envelope = z.looseObject({ webhookId: z.string().min(1).max(200).optional() });

const SPKI_PREFIX = "MCowBQYDK2VwAyEA";

/** Takes the key as the vendor publishes it: PEM, its base64 body, or the bare 32 bytes in base64. */
export function readPublicKey(text: string): KeyObject {
  const body = text.replace(/-----[A-Z ]+-----|\\n|\s/g, "");
  const der = body.startsWith(SPKI_PREFIX) ? body : SPKI_PREFIX + body;
  const key = createPublicKey({ key: Buffer.from(der, "base64"), format: "der", type: "spki" });
  if (key.asymmetricKeyType !== "ed25519") throw new Error("not an Ed25519 key");
  return key;
}

/** Ed25519 over the raw body. `N/A` is what the vendor sends where it did not sign. */
export function isSigned(key: KeyObject, rawBody: string, signature: string | undefined): boolean {
  if (signature === undefined || !/^[A-Za-z0-9+/_-]{86}(==)?$/.test(signature)) return false;
  return verify(null, Buffer.from(rawBody), key, Buffer.from(signature, "base64"));
}

/**
 * The id a repeat carries too. Its age says nothing: the vendor repeats a webhook for days. One without an id is known
 * by its body.
 */
export function eventIdOf(body: unknown, rawBody: string): string {
  const read = Envelope.safeParse(body);
  return read.data?.webhookId ?? createHash("sha256").update(rawBody).digest("hex");
}
