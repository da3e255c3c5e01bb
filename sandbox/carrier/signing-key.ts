import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface SigningKey {
  /** The raw 32 bytes in base64, as the vendor's portal shows it. */
  publicKey: string;
  /** The value of `telnyx-signature-ed25519`. */
  sign(timestamp: string, rawBody: string): string;
}

/** The carrier's key pair: kept in the data folder, so that the backend's configured public key stays right. */
export function signingKey(dataFolder: string | undefined): SigningKey {
  const privateKey = dataFolder === undefined ? generate() : load(join(dataFolder, "carrier-key.pem"));
  const { x } = createPublicKey(privateKey).export({ format: "jwk" });
  return {
    publicKey: Buffer.from(x ?? "", "base64url").toString("base64"),
    sign: (timestamp, rawBody) => sign(null, Buffer.from(`${timestamp}|${rawBody}`), privateKey).toString("base64"),
  };
}

function load(file: string): KeyObject {
  if (existsSync(file)) return createPrivateKey(readFileSync(file));
  const privateKey = generate();
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(`${file}.new`, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return privateKey;
}

function generate(): KeyObject {
  return generateKeyPairSync("ed25519").privateKey;
}
