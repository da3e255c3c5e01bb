import { readFile, stat } from "node:fs/promises";
import type { Logger } from "pino";
import { describeFaults, faultsOf } from "@partyline/contract/faults";
import { PublishedRecipes, SignedRecipes } from "@partyline/contract/recipe-book";

export interface PublishedFile {
  /** The last good content; null where there never was any. */
  read: () => Promise<SignedRecipes | null>;
}

/**
 * The file with the publisher's recipes that the operator puts beside the backend. It is handed on as it is: only the
 * extension knows whose signature counts. What no extension could take is not handed on, and is told to the operator.
 */
export function openPublishedFile(path: string | undefined, log: Pick<Logger, "error" | "info">): PublishedFile {
  let good: SignedRecipes | null = null;
  let looked = "";

  async function read(): Promise<SignedRecipes | null> {
    if (path === undefined) return null;
    const state = await stat(path).then(
      ({ mtimeMs, size }) => `${mtimeMs} ${size}`,
      () => "absent",
    );
    if (state !== looked) {
      const text = state === "absent" ? null : await load(path);
      if (text !== undefined) looked = state;
      if (typeof text === "string") take(text);
    }
    return good;
  }

  /** Undefined where it cannot be read just now, which may pass without a change of the file. */
  async function load(file: string): Promise<string | undefined> {
    try {
      return await readFile(file, "utf8");
    } catch (error) {
      refuse(error);
      return undefined;
    }
  }

  function take(text: string): void {
    try {
      const { signed, serial } = parse(text);
      good = signed;
      log.info({ serial }, "published recipes read");
    } catch (error) {
      refuse(error);
    }
  }

  function refuse(error: unknown): void {
    const why = error instanceof Error ? error.message : "unreadable";
    log.error({ why }, "the file of published recipes is not usable; the last good one stays");
  }

  return { read };
}

class UnusableRecipesError extends Error {
  override name = "UnusableRecipesError";
}

function parse(text: string): { signed: SignedRecipes; serial: number } {
  const signed = SignedRecipes.safeParse(JSON.parse(text));
  if (!signed.success) throw new UnusableRecipesError(describeFaults(faultsOf(signed.error)));
  const published = PublishedRecipes.safeParse(JSON.parse(signed.data.payload));
  if (!published.success) throw new UnusableRecipesError(`payload ${describeFaults(faultsOf(published.error))}`);
  return { signed: signed.data, serial: published.data.serial };
}
