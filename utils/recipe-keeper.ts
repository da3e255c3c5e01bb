import { Recipe } from "@partyline/contract/recipe";
import { RecipeBook, type SignedRecipes } from "@partyline/contract/recipe-book";
import { allow, type Result } from "@partyline/domain/result";
import { z } from "zod";
import type { ApiClient } from "./api-client.ts";
import type { BackgroundCalls } from "./background-calls.ts";
import type { CallRefusal } from "./command.ts";
import { readKept, writeKept, type KeptRecipes } from "./recipe-book.ts";
import { RECIPE_KEYS } from "./recipe-keys.ts";
import { openSigned } from "./recipe-signature.ts";

export interface RecipeKeeperParts {
  api: Pick<ApiClient, "getChanged" | "write">;
  now: () => number;
  newId: () => string;
  keys?: readonly string[];
}

const PATH = "/v1/recipes";
/** How old what is known may become while nobody says that there is something new. */
const FRESH_MS = 4 * 60 * 60 * 1000;

type RecipeCalls = Pick<BackgroundCalls, "check_recipes" | "save_recipe" | "remove_recipe">;

/** Keeps the recipes near what the backend has, by questions that cost nothing where nothing changed. */
export class RecipeKeeper {
  readonly #parts: RecipeKeeperParts;
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: RecipeKeeperParts) {
    this.#parts = parts;
  }

  /** For every alarm and every round of syncing: asks only where it is time. */
  async refreshIfDue(): Promise<void> {
    const { due, checkedAt } = await readKept();
    const isOld = checkedAt === null || Math.abs(this.#parts.now() - checkedAt) > FRESH_MS;
    if (due || isOld) await this.refresh();
  }

  /** One after the other, so that an answer never overwrites a later one. */
  refresh(): Promise<Result<null, CallRefusal>> {
    return this.#inTurn(() => this.#fetch());
  }

  /** Somebody heard that there are others; if this worker dies, the next one asks. */
  async changed(): Promise<void> {
    await this.#inTurn(() => writeKept({ due: true }));
    await this.refresh();
  }

  /** Another user, or none: what the workspace had for itself is not theirs. */
  async leaveWorkspace(): Promise<void> {
    await this.#inTurn(() => writeKept({ own: [], tag: null, due: true }));
  }

  calls(): RecipeCalls {
    const { api, newId } = this.#parts;
    const save = async (write: Promise<Result<unknown, CallRefusal>>) => {
      const answer = await write;
      return answer.ok ? this.refresh() : answer;
    };
    return {
      check_recipes: () => this.refresh(),
      save_recipe: (recipe) =>
        save(api.write({ method: "PUT", path: `${PATH}/${recipe.id}`, key: newId(), body: recipe }, Recipe)),
      remove_recipe: (id) => save(api.write({ method: "DELETE", path: `${PATH}/${id}`, key: newId() }, z.unknown())),
    };
  }

  async #fetch(): Promise<Result<null, CallRefusal>> {
    const kept = await readKept();
    const answer = await this.#parts.api.getChanged(PATH, RecipeBook, kept.tag);
    if (!answer.ok) return answer;
    const checked = { checkedAt: this.#parts.now(), due: false };
    if (answer.value === null) {
      await writeKept(checked);
      return allow(null);
    }
    const { value, tag } = answer.value;
    const published = await this.#judge(value.published, kept);
    // What was refused is asked for again: the next extension may know its key.
    await writeKept({ ...checked, ...published, own: value.own, tag: published.trouble === null ? tag : null });
    return allow(null);
  }

  async #judge(
    signed: SignedRecipes | null,
    kept: KeptRecipes,
  ): Promise<Pick<KeptRecipes, "trouble"> & Partial<KeptRecipes>> {
    // No recipes of the publisher's: an operator without the file. What this browser took before stays.
    if (signed === null) return { trouble: null };
    const read = await openSigned(signed, this.#parts.keys ?? RECIPE_KEYS);
    if (!read.ok) return { trouble: read.refusal };
    if (signed.payload === kept.published?.payload) return { trouble: null };
    const { serial } = read.value;
    // Signed once is signed for ever: without this, anybody in between could bring back a fault that was corrected.
    if (serial <= kept.serial) return { trouble: { reason: "older", serial } };
    return { trouble: null, published: signed, serial };
  }

  #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
