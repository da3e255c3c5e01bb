/**
 * Whose signature on published recipes counts, as base64 SPKI of ECDSA P-256 keys; several while one replaces another.
 * Part of the source, so that a store build is the same for everybody who makes it. While it is empty, the store build
 * knows its own recipes and the workspace's, and `npm run zip` says so.
 */
export const PUBLISHERS: readonly string[] = [];
