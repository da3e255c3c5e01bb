import { NOTHING_SELECTED } from "../selection.ts";
import { t, tn } from "../text.ts";
import type { Trial } from "../trial.ts";

/** What came of a trial, in one sentence: what was read, or why nothing was. */
export function trialText(trial: Trial): string {
  const { selection, list, rows, passed } = trial;
  if (selection.recipeId === NOTHING_SELECTED.recipeId) return passedText(passed);
  if (rows.length === 0) return nothingText(trial);
  // Nothing is ticked: it was the row that stands open, or whose page this is.
  return list === null || list.ticked === 0 ? t("trial_read_page") : tn("trial_read", rows.length);
}

function nothingText({ selection, list }: Trial): string {
  if (selection.unusable) return t("trial_unusable");
  if (list === null) return t(selection.changed ? "trial_no_list_but_ticked" : "trial_no_list");
  if (list.rows === 0) return t("trial_no_rows", { container: list.container.source });
  if (selection.unreadable.length > 0) return tn("trial_unreadable_only", selection.unreadable.length);
  return tn(selection.changed ? "trial_ticked_elsewhere" : "trial_none_ticked", list.rows);
}

function passedText(passed: Trial["passed"]): string {
  const [only] = passed;
  if (only === undefined) return t("trial_no_recipe");
  return passed.length > 1 ? t("trial_none_fits") : t(`trial_passed_${only.why}`);
}
