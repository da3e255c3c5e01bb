import { computed, createModel, signal } from "@preact/signals";
import type { BackgroundCalls } from "../background-calls.ts";
import type { CallRefusal } from "../command.ts";
import type { RecipeBook } from "../recipe-book.ts";
import { RecipeDraft } from "./recipe-draft.ts";
import { RecipeTrial, type TrialGateway } from "./recipe-trial.ts";

/** What the options page touches of the world for recipes. */
export interface RecipesGateway extends TrialGateway {
  calls: Pick<BackgroundCalls, "check_recipes" | "save_recipe" | "remove_recipe">;
  readBook: () => Promise<RecipeBook>;
  onBookChanged: (listener: () => void) => void;
  now: () => number;
}

type Check = { state: "idle" | "checking" } | { state: "refused"; refusal: CallRefusal };

/** Which recipes there are, what they read, and those of the workspace. */
export const RecipesModel = createModel((gateway: RecipesGateway) => {
  const book = signal<RecipeBook | null>(null);
  const check = signal<Check>({ state: "idle" });
  const known = computed(() => book.value?.known ?? []);
  const draft = new RecipeDraft(gateway.calls, known);
  const read = async () => {
    book.value = await gateway.readBook();
  };
  void read();
  gateway.onBookChanged(() => void read());
  return {
    /** Null until read. */
    book,
    check,
    draft,
    trial: new RecipeTrial(gateway, known, draft),
    now: gateway.now,
    async checkNow() {
      check.value = { state: "checking" };
      const answer = await gateway.calls.check_recipes();
      check.value = answer.ok ? { state: "idle" } : { state: "refused", refusal: answer.refusal };
    },
  };
});
export type RecipesModel = InstanceType<typeof RecipesModel>;
