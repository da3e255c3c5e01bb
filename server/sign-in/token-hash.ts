import { createHash } from "node:crypto";

/** What the database keeps of a code or a refresh token. They are random and long, so no salt and no slow hash. */
export function tokenHash(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
