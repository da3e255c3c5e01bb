import { useId } from "preact/hooks";
import type { Fault } from "@partyline/contract/faults";
import type { RecipeDraft, Saving } from "../../utils/models/recipe-draft.ts";
import { recipeOriginText } from "../../utils/models/recipe-text.ts";
import { callRefusalText } from "../../utils/models/refusal-text.ts";
import type { KnownRecipe } from "../../utils/recipe-book.ts";
import { t } from "../../utils/text.ts";
import { Button } from "../button.tsx";
import { Notice } from "../notice.tsx";

/** Where an admin writes or pastes the recipe of their own CRM. */
export function RecipeEditor({ draft, known }: { draft: RecipeDraft; known: readonly KnownRecipe[] }) {
  const ids = { hint: useId(), faults: useId() };
  const faults = draft.faults.value;
  const newer = draft.newer.value;
  return (
    <form
      class="recipe-editor"
      onSubmit={(event) => {
        event.preventDefault();
        void draft.save();
      }}
    >
      <h3>{t("recipes_own")}</h3>
      <p class="quiet" id={ids.hint}>
        {t("recipes_own_hint")}
      </p>
      <StartFrom draft={draft} known={known} />
      <textarea
        rows={10}
        spellcheck={false}
        aria-label={t("recipes_json")}
        aria-describedby={faults.length > 0 ? ids.faults : ids.hint}
        aria-invalid={faults.length > 0}
        value={draft.text.value}
        onInput={(event) => draft.write(event.currentTarget.value)}
      />
      <Faults id={ids.faults} faults={faults} />
      {newer !== null && (
        <Notice kind="info">
          {t("recipes_newer_known", { known: recipeOriginText(newer), next: newer.recipe.version + 1 })}
        </Notice>
      )}
      <div>
        <Button
          kind="primary"
          type="submit"
          disabled={draft.saving.value.state === "saving" || draft.text.value === ""}
        >
          {t("recipes_save")}
        </Button>
      </div>
      <SavingState saving={draft.saving.value} />
    </form>
  );
}

function StartFrom({ draft, known }: { draft: RecipeDraft; known: readonly KnownRecipe[] }) {
  return (
    <select
      aria-label={t("recipes_start_from")}
      value=""
      onChange={(event) => {
        const chosen = known[Number(event.currentTarget.value)];
        if (chosen !== undefined) draft.startFrom(chosen);
        event.currentTarget.value = "";
      }}
    >
      <option value="">{t("recipes_start_from")}</option>
      {known.map((one, index) => (
        <option key={`${one.origin} ${one.recipe.id}`} value={index}>
          {`${one.recipe.id} · ${recipeOriginText(one)}`}
        </option>
      ))}
    </select>
  );
}

function Faults({ id, faults }: { id: string; faults: readonly Fault[] }) {
  if (faults.length === 0) return null;
  return (
    <div id={id} class="recipe-faults" role="alert">
      <p>{t("recipes_faults")}</p>
      <ul>
        {faults.map(({ pointer, detail }) => (
          <li key={`${pointer} ${detail}`}>
            <code>{pointer}</code> {detail}
          </li>
        ))}
      </ul>
    </div>
  );
}

function SavingState({ saving }: { saving: Saving }) {
  switch (saving.state) {
    case "idle":
    case "saving":
      return null;
    case "saved":
      return <Notice kind="info">{t("recipes_saved", { id: saving.id })}</Notice>;
    case "removed":
      return <Notice kind="info">{t("recipes_removed", { id: saving.id })}</Notice>;
    case "refused":
      return <Notice kind="bad">{callRefusalText(saving.refusal)}</Notice>;
  }
}
