import { trialText } from "../../utils/models/trial-text.ts";
import { NOTHING_SELECTED } from "../../utils/selection.ts";
import { t, tn } from "../../utils/text.ts";
import type { Found, Trial, TriedRow } from "../../utils/trial.ts";
import { Notice } from "../notice.tsx";

/** What a recipe read in a tab, and which words of the recipe found it. */
export function TrialResult({ trial }: { trial: Trial }) {
  const { selection, rows } = trial;
  return (
    <div class="trial-result">
      <Notice kind={rows.length > 0 ? "info" : "bad"}>{trialText(trial)}</Notice>
      <Facts trial={trial} />
      {rows.length > 0 && <Rows rows={rows} />}
      {selection.unreadable.length > 0 && (
        <>
          <p class="quiet">{tn("trial_unreadable", selection.unreadable.length)}</p>
          <ul class="trial-unreadable">
            {selection.unreadable.map((words) => (
              <li key={words} dir="auto">
                {words ?? t("trial_says_nothing")}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function Facts({ trial: { selection, list, count, everything } }: { trial: Trial }) {
  return (
    <dl class="trial-facts">
      <dt>{t("trial_recipe")}</dt>
      <dd>{selection.recipeId === NOTHING_SELECTED.recipeId ? t("trial_no") : selection.recipeId}</dd>
      <dt>{t("trial_list")}</dt>
      <dd>
        {list === null ? (
          t("trial_no")
        ) : (
          <>
            {t("trial_list_rows", { kind: list.kind, rows: list.rows, ticked: list.ticked })}
            <Source found={list.container} />
          </>
        )}
      </dd>
      <dt>{t("trial_count")}</dt>
      <dd>
        <Cell found={count} />
      </dd>
      <dt>{t("trial_everything")}</dt>
      <dd>
        <Cell found={everything} />
      </dd>
    </dl>
  );
}

function Rows({ rows }: { rows: readonly TriedRow[] }) {
  return (
    <table class="trial-rows">
      <thead>
        <tr>
          <th scope="col">{t("trial_name")}</th>
          <th scope="col">{t("trial_phone")}</th>
          <th scope="col">{t("trial_id")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.contactId?.text ?? row.phone?.text}>
            <td dir="auto">
              <Cell found={row.name} />
            </td>
            <td>
              <Cell found={row.phone} />
            </td>
            <td>
              <Cell found={row.contactId} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ found }: { found: Found | null }) {
  if (found === null) return <>{t("trial_no")}</>;
  return (
    <>
      {found.text}
      <Source found={found} />
    </>
  );
}

function Source({ found: { source, pointer } }: { found: Found }) {
  return (
    <code class="trial-source" title={pointer}>
      {source}
    </code>
  );
}
