import type { CrmTab, Reading, RecipeTrial } from "../../utils/models/recipe-trial.ts";
import { recipeOriginText } from "../../utils/models/recipe-text.ts";
import type { KnownRecipe } from "../../utils/recipe-book.ts";
import { t } from "../../utils/text.ts";
import { Button } from "../button.tsx";
import { Notice } from "../notice.tsx";
import { TrialResult } from "./trial-result.tsx";

interface TrialFormProps {
  model: RecipeTrial;
  known: readonly KnownRecipe[];
  isAdmin: boolean;
}

/** *Try on this tab*. */
export function TrialForm({ model, known, isAdmin }: TrialFormProps) {
  const tabs = model.tabs.value;
  const tried = model.tried.value;
  return (
    <form
      class="recipe-trial"
      onSubmit={(event) => {
        event.preventDefault();
        void model.run();
      }}
    >
      <h3>{t("trial_title")}</h3>
      <p class="quiet">{t("trial_hint")}</p>
      {tabs?.length === 0 ? (
        <Notice kind="info" action={<AgainButton model={model} />}>
          {t("trial_no_tabs")}
        </Notice>
      ) : (
        <div class="trial-choices">
          <TabChoice model={model} tabs={tabs ?? []} />
          <ReadingChoice model={model} known={known} isAdmin={isAdmin} />
          <Button type="submit" disabled={tried.state === "trying"}>
            {t("trial_run")}
          </Button>
        </div>
      )}
      {tried.state === "unreachable" && <Notice kind="bad">{t("trial_unreachable")}</Notice>}
      {tried.state === "tried" && <TrialResult trial={tried.trial} />}
      {tried.state === "tried" && tried.notNamed !== null && (
        <Notice kind="info">{t("trial_not_named", { host: tried.notNamed })}</Notice>
      )}
    </form>
  );
}

function AgainButton({ model }: { model: RecipeTrial }) {
  return (
    <Button kind="text" onClick={() => void model.listTabs()}>
      {t("trial_look_again")}
    </Button>
  );
}

function TabChoice({ model, tabs }: { model: RecipeTrial; tabs: readonly CrmTab[] }) {
  return (
    <label>
      <span class="quiet">{t("trial_tab")}</span>
      <select
        value={model.tabId.value ?? ""}
        onFocus={() => void model.listTabs()}
        onChange={(event) => model.choose({ tabId: Number(event.currentTarget.value) })}
      >
        {tabs.map(({ id, title, url }) => (
          <option key={id} value={id}>
            {t("trial_tab_name", { title, host: new URL(url).host })}
          </option>
        ))}
      </select>
    </label>
  );
}

function ReadingChoice({ model, known, isAdmin }: TrialFormProps) {
  return (
    <label>
      <span class="quiet">{t("trial_with")}</span>
      <select
        value={model.reading.value}
        onChange={(event) => model.choose({ reading: readingOf(event.currentTarget.value) })}
      >
        <option value="in_use">{t("trial_with_in_use")}</option>
        {isAdmin && <option value="draft">{t("trial_with_draft")}</option>}
        {known.map((one, index) => (
          <option key={`${one.origin} ${one.recipe.id}`} value={index}>
            {`${one.recipe.id} · ${recipeOriginText(one)}`}
          </option>
        ))}
      </select>
    </label>
  );
}

function readingOf(value: string): Reading {
  return value === "in_use" || value === "draft" ? value : Number(value);
}
