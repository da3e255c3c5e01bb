import { PUBLISHERS } from "./recipe-publishers.ts";

/** A sandbox's build trusts the key that its sandbox made for itself, and nothing else does. */
const OF_THE_SANDBOX = import.meta.env.MODE === "sandbox" ? (import.meta.env.WXT_RECIPE_KEYS ?? "") : "";

export const RECIPE_KEYS: readonly string[] = [...PUBLISHERS, ...OF_THE_SANDBOX.split(",").filter((key) => key !== "")];
