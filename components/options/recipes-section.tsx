import "./recipes-section.css";
import { X } from "lucide-preact";
import { callRefusalText } from "../../utils/models/refusal-text.ts";
import { publishedTroubleText, recipeHostsText, recipeOriginText } from "../../utils/models/recipe-text.ts";
import type { RecipesModel } from "../../utils/models/recipes-model.ts";
import { clockTimeOrDate } from "../../utils/models/when.ts";
import { supersederOf, type KnownRecipe, type RecipeBook } from "../../utils/recipe-book.ts";
import { t } from "../../utils/text.ts";
import { Button, IconButton } from "../button.tsx";
import { Notice } from "../notice.tsx";
import { Tag } from "../tag.tsx";
import { RecipeEditor } from "./recipe-editor.tsx";
import { ReportsList } from "./reports-list.tsx";
import { TrialForm } from "./trial-form.tsx";

interface RecipesSectionProps {
  model: RecipesModel;
  /** Whether this person keeps the workspace's own recipes. */
  isAdmin: boolean;
}

export function RecipesSection({ model, isAdmin }: RecipesSectionProps) {
  const book = model.book.value;
  if (book === null) return null;
  return (
    <section class="options-section">
      <h2>{t("recipes_title")}</h2>
      <p class="quiet">{t("recipes_hint")}</p>
      <KnownList model={model} book={book} isAdmin={isAdmin} />
      <Freshness model={model} book={book} />
      <Troubles book={book} />
      <TrialForm model={model.trial} known={book.known} isAdmin={isAdmin} />
      <ReportsList model={model} />
      {isAdmin && <RecipeEditor draft={model.draft} known={book.known} />}
    </section>
  );
}

function KnownList({ model, book, isAdmin }: RecipesSectionProps & { book: RecipeBook }) {
  return (
    <ul class="options-sites recipe-list" aria-label={t("recipes_title")}>
      {nearestFirst(book.known).map((one) => (
        <li key={`${one.origin} ${one.recipe.id}`}>
          <span class="recipe-name">
            <span>
              <b>{one.recipe.id}</b> <span class="quiet">{recipeOriginText(one)}</span>
            </span>
            <span class="quiet ellipsis">{recipeHostsText(one)}</span>
          </span>
          <Superseded one={one} known={book.known} />
          {isAdmin && one.origin === "own" && (
            <IconButton
              label={t("recipes_remove", { id: one.recipe.id })}
              onClick={() => void model.draft.remove(one.recipe.id)}
            >
              <X size={16} aria-hidden="true" />
            </IconButton>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The workspace's own, then what was published, then what is built in. */
function nearestFirst(known: readonly KnownRecipe[]): KnownRecipe[] {
  const nearness = { own: 0, published: 1, built_in: 2 };
  return known.toSorted((one, other) => nearness[one.origin] - nearness[other.origin]);
}

function Superseded({ one, known }: { one: KnownRecipe; known: readonly KnownRecipe[] }) {
  const newer = supersederOf(one, known);
  if (newer === null) return null;
  return <Tag kind="plain" text={t("recipes_superseded", { version: newer.recipe.version })} />;
}

function Freshness({ model, book }: { model: RecipesModel; book: RecipeBook }) {
  const check = model.check.value;
  const { checkedAt } = book.kept;
  return (
    <>
      <div class="options-person">
        <p class="quiet" role="status">
          {checkedAt === null
            ? t("recipes_never_checked")
            : t("recipes_checked", { time: clockTimeOrDate(new Date(checkedAt).toISOString(), model.now()) })}
        </p>
        <Button disabled={check.state === "checking"} onClick={() => void model.checkNow()}>
          {t(check.state === "checking" ? "options_backend_checking" : "recipes_check")}
        </Button>
      </div>
      {check.state === "refused" && <Notice kind="bad">{callRefusalText(check.refusal)}</Notice>}
    </>
  );
}

function Troubles({ book: { kept, unusable } }: { book: RecipeBook }) {
  return (
    <>
      {kept.trouble !== null && <Notice kind="bad">{publishedTroubleText(kept.trouble)}</Notice>}
      {unusable.map(({ id, faults }) => (
        <Notice key={id} kind="bad">
          {t("recipes_unusable", { id, pointer: faults[0]?.pointer ?? "/", detail: faults[0]?.detail ?? "" })}
        </Notice>
      ))}
    </>
  );
}
