import "./selection-card.css";
import type { PanelModel } from "../../utils/models/panel-model.ts";
import { needsReport } from "../../utils/models/selection-model.ts";
import type { SelectionSummary } from "../../utils/models/selection-summary.ts";
import { callRefusalText } from "../../utils/models/refusal-text.ts";
import { NOTHING_SELECTED } from "../../utils/selection.ts";
import { t, tn } from "../../utils/text.ts";
import { Button } from "../button.tsx";
import { Notice } from "../notice.tsx";
import { SelectionReasons } from "./selection-reasons.tsx";
import { SelectionTrouble } from "./selection-trouble.tsx";

interface SelectionCardProps {
  selection: PanelModel["selection"];
  maxParticipants: number;
  onText: () => void;
}

/** Who is ticked in the page, live: how many, who can join, and why the others cannot. */
export function SelectionCard({ selection, maxParticipants, onText }: SelectionCardProps) {
  const summary = selection.summary.value;
  const refusal = selection.refusal.value;
  const fits = summary.participants > 1 && summary.participants <= maxParticipants;
  return (
    <section class="selection-card" aria-label={t("selection_region")}>
      <div class="selection-card-top">
        <div role="status">
          <h2>{firstLine(selection)}</h2>
          <p class="quiet">
            {summary.selected === 0
              ? wayToSelect(selection, maxParticipants)
              : secondLine(summary, selection.resolving.value, refusal !== null)}
          </p>
        </div>
        {summary.read > 1 && summary.participants !== 0 && (
          <Button kind="primary" onClick={onText} aria-keyshortcuts="t">
            {fits ? tn("text_people", summary.participants) : tn("review_people", summary.read)}
          </Button>
        )}
      </div>
      {summary.participants > maxParticipants && <p class="quiet">{t("selection_over", { max: maxParticipants })}</p>}
      <SelectionTrouble selection={selection} />
      {refusal === null ? (
        <SelectionReasons reasons={summary.reasons} />
      ) : (
        <Notice
          kind="bad"
          action={
            <Button kind="text" onClick={() => void selection.lookAgain()}>
              {t("retry")}
            </Button>
          }
        >
          {callRefusalText(refusal)}
        </Notice>
      )}
    </section>
  );
}

type CardSelection = SelectionCardProps["selection"];

function firstLine({ selection, summary }: CardSelection): string {
  const { selected } = summary.value;
  if (selected > 0) return tn("selection_count", selected);
  return t(needsReport(selection.value) ? "selection_nobody_read" : "selection_nothing");
}

function wayToSelect({ selection }: CardSelection, max: number): string {
  if (needsReport(selection.value)) return "";
  const hasList = selection.value.recipeId !== NOTHING_SELECTED.recipeId;
  return t(hasList ? "selection_nothing_hint" : "selection_no_list", { max });
}

function secondLine(summary: SelectionSummary, resolving: boolean, isUnknown: boolean): string {
  // Whom the directory knows is not known while it cannot be asked.
  if (isUnknown) return tn("selection_read", summary.selected, { read: summary.read });
  if (resolving && summary.joining.length + summary.refused + summary.unknown === 0) return t("loading");
  const parts = [
    tn("selection_read", summary.selected, { read: summary.read }),
    tn("selection_can_join", summary.joining.length),
    summary.refused > 0 ? tn("selection_cannot", summary.refused) : "",
    summary.unknown > 0 ? tn("selection_unknown", summary.unknown) : "",
  ];
  const line = parts.filter((part) => part !== "").join(" · ");
  return summary.read === 1 ? `${line}. ${t("selection_one_more")}` : line;
}
