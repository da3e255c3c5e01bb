import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

/** What is stored cannot be opened: it was changed, moved to another row, or sealed with another secret. */
export class SealBrokenError extends Error {
  override name = "SealBrokenError";
}

/** Keeps secrets unreadable in the database. `place` names the row and column, so that one cannot stand for another. */
export interface Seal {
  seal: (text: string, place: string) => string;
  open: (sealed: string, place: string) => string;
}

const VERSION = "v1";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM with a key of its own, derived from the backend's secret. */
export function createSeal(secret: string): Seal {
  const key = Buffer.from(hkdfSync("sha256", secret, "", "partyline directory tokens", 32));
  return {
    seal(text, place) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(place));
      const sealed = Buffer.concat([nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
      return `${VERSION}.${sealed.toString("base64url")}`;
    },
    open(sealed, place) {
      const [version, body = ""] = sealed.split(".");
      const bytes = Buffer.from(body, "base64url");
      if (version !== VERSION || bytes.length < NONCE_BYTES + TAG_BYTES) throw broken();
      const nonce = bytes.subarray(0, NONCE_BYTES);
      const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(place)).setAuthTag(bytes.subarray(-TAG_BYTES));
      try {
        const text = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
        return Buffer.concat([text, decipher.final()]).toString("utf8");
      } catch (cause) {
        throw broken(cause);
      }
    },
  };
}

function broken(cause?: unknown): SealBrokenError {
  const message = "A stored token cannot be opened. Was PARTYLINE_SECRET changed? Connect the CRM again.";
  return new SealBrokenError(message, { cause });
}
