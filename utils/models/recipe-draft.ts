import { computed, createModel, signal, type ReadonlySignal } from "@preact/signals";
import { faultsOf, type Fault } from "@partyline/contract/faults";
import type { Recipe } from "@partyline/contract/recipe";
import { OWN_RECIPE_LENGTH_MAX, OwnRecipe } from "@partyline/contract/recipe-book";
import { allow, refuse, type Result } from "@partyline/domain/result";
import type { BackgroundCalls } from "../background-calls.ts";
import type { CallRefusal } from "../command.ts";
import { supersederOf, type KnownRecipe } from "../recipe-book.ts";
import { t } from "../text.ts";

export type Saving =
  | { state: "idle" }
  | { state: "saving" }
  | { state: "saved"; id: string }
  | { state: "removed"; id: string }
  | { state: "refused"; refusal: CallRefusal };

type SaveCalls = Pick<BackgroundCalls, "save_recipe" | "remove_recipe">;

/** The recipe that an admin writes or pastes, and keeps for the workspace. */
export const RecipeDraft = createModel((calls: SaveCalls, known: ReadonlySignal<readonly KnownRecipe[]>) => {
  const text = signal("");
  const faults = signal<readonly Fault[]>([]);
  const saving = signal<Saving>({ state: "idle" });
  const write = (typed: string) => {
    text.value = typed;
    faults.value = [];
    saving.value = { state: "idle" };
  };
  /** Null after showing its faults. */
  const check = (): Recipe | null => {
    const read = readDraft(text.value);
    faults.value = read.ok ? [] : read.refusal;
    return read.ok ? read.value : null;
  };
  const settle = async (work: Promise<Result<null, CallRefusal>>, done: Saving) => {
    saving.value = { state: "saving" };
    const answer = await work;
    saving.value = answer.ok ? done : { state: "refused", refusal: answer.refusal };
  };
  return {
    text,
    faults,
    saving,
    /** What would count instead, were the draft saved as it is. */
    newer: computed(() => {
      const read = readDraft(text.value);
      return read.ok ? supersederOf({ recipe: read.value, origin: "own" }, known.value) : null;
    }),
    write,
    check,
    async save() {
      const recipe = check();
      if (recipe !== null) await settle(calls.save_recipe(recipe), { state: "saved", id: recipe.id });
    },
    remove: (id: string) => settle(calls.remove_recipe(id), { state: "removed", id }),
    /** Starts from one that is known: as it is where it is the workspace's, else a version higher, so that it will count. */
    startFrom({ recipe, origin }: KnownRecipe) {
      const version = origin === "own" ? recipe.version : recipe.version + 1;
      write(JSON.stringify({ ...recipe, version }, null, 2));
    },
  };
});
export type RecipeDraft = InstanceType<typeof RecipeDraft>;

/** Refused as a whole, with every fault and its place. */
function readDraft(text: string): Result<Recipe, Fault[]> {
  const json = parseJson(text);
  if (!json.ok) return json;
  const read = OwnRecipe.safeParse(json.value);
  if (!read.success) return refuse(faultsOf(read.error));
  if (JSON.stringify(read.data).length > OWN_RECIPE_LENGTH_MAX) {
    return refuse([{ pointer: "/", detail: t("recipes_too_long", { max: OWN_RECIPE_LENGTH_MAX.toLocaleString() }) }]);
  }
  return allow(read.data);
}

function parseJson(text: string): Result<unknown, Fault[]> {
  try {
    return allow(JSON.parse(text) as unknown);
  } catch (error) {
    return refuse([
      { pointer: "/", detail: t("recipes_not_json", { why: error instanceof Error ? error.message : "" }) },
    ]);
  }
}
