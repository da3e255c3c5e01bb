/**
 * Whose signature on published recipes counts, as base64 SPKI of ECDSA P-256 keys; several while one replaces another.
 * Part of the source, so that a store build is the same for everybody who makes it. There is no publisher yet: until one
 * has made a key, the store build knows its own recipes and the workspace's.
 */
const PUBLISHERS: readonly string[] = [];

/** A sandbox's build trusts the key that its sandbox made for itself, and nothing else does. */
const OF_THE_SANDBOX = import.meta.env.MODE === "sandbox" ? (import.meta.env.WXT_RECIPE_KEYS ?? "") : "";

export const RECIPE_KEYS: readonly string[] = [...PUBLISHERS, ...OF_THE_SANDBOX.split(",").filter((key) => key !== "")];
