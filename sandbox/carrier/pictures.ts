import type { Carrier } from "./carrier.ts";
import type { Picture } from "./state.ts";

/** The vendor's limit for one message. */
export const MEDIA_MAX_BYTES = 1_000_000;
const FETCH_TIMEOUT_MS = 10_000;

/** Fetches a message's media from the sender's URLs, as the vendor does; null when any cannot be had. */
export async function takeInPictures(carrier: Carrier, urls: readonly string[]): Promise<Picture[] | null> {
  try {
    const fetched = await Promise.all(urls.map((url) => fetchMedia(url)));
    const total = fetched.reduce((sum, media) => sum + media.bytes.length, 0);
    if (total >= MEDIA_MAX_BYTES) return null;
    return fetched.map((media) => keepPicture(carrier, media.contentType, media.bytes));
  } catch {
    return null;
  }
}

/** Stores a picture under the vendor's kind of URL, which may stop working after a while. */
export function keepPicture(carrier: Carrier, contentType: string, bytes: Buffer): Picture {
  const lifetime = carrier.behaviour.mediaLifetimeMs;
  const picture: Picture = {
    id: carrier.parts.newId(),
    contentType,
    size: bytes.length,
    expiresAt: lifetime === null ? null : new Date(carrier.parts.now().getTime() + lifetime).toISOString(),
  };
  carrier.parts.pictures.put(picture.id, bytes);
  carrier.state.pictures.push(picture);
  return picture;
}

async function fetchMedia(url: string): Promise<{ contentType: string; bytes: Buffer }> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
  if (!answer.ok) throw new Error(`media answered ${answer.status}`);
  const bytes = Buffer.from(await answer.arrayBuffer());
  return { contentType: answer.headers.get("content-type") ?? "application/octet-stream", bytes };
}
