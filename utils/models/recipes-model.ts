import { computed, createModel, signal } from "@preact/signals";
import type { BackgroundCalls } from "../background-calls.ts";
import type { CallRefusal } from "../command.ts";
import type { RecipeBook } from "../recipe-book.ts";
import type { StructureReport } from "../structure-report.ts";
import { RecipeDraft } from "./recipe-draft.ts";
import { RecipeTrial, type TrialGateway } from "./recipe-trial.ts";

/** What the options page touches of the world for recipes. */
export interface RecipesGateway extends TrialGateway {
  calls: Pick<BackgroundCalls, "check_recipes" | "save_recipe" | "remove_recipe">;
  readBook: () => Promise<RecipeBook>;
  onBookChanged: (listener: () => void) => void;
  /** What pages that changed are built of now, the newest first. */
  readReports: () => Promise<StructureReport[]>;
  onReportsChanged: (listener: () => void) => void;
  forgetReports: () => Promise<void>;
  now: () => number;
}

type Check = { state: "idle" | "checking" } | { state: "refused"; refusal: CallRefusal };

/** Which recipes there are, what they read, and those of the workspace. */
export const RecipesModel = createModel((gateway: RecipesGateway) => {
  const book = signal<RecipeBook | null>(null);
  const check = signal<Check>({ state: "idle" });
  const known = computed(() => book.value?.known ?? []);
  const reports = signal<readonly StructureReport[]>([]);
  const draft = new RecipeDraft(gateway.calls, known);
  const read = async () => {
    book.value = await gateway.readBook();
  };
  const readReports = async () => {
    reports.value = await gateway.readReports();
  };
  void read();
  void readReports();
  gateway.onBookChanged(() => void read());
  gateway.onReportsChanged(() => void readReports());
  return {
    /** Null until read. */
    book,
    check,
    draft,
    trial: new RecipeTrial(gateway, known, draft),
    reports,
    forgetReports: gateway.forgetReports,
    now: gateway.now,
    async checkNow() {
      check.value = { state: "checking" };
      const answer = await gateway.calls.check_recipes();
      check.value = answer.ok ? { state: "idle" } : { state: "refused", refusal: answer.refusal };
    },
  };
});
export type RecipesModel = InstanceType<typeof RecipesModel>;
