import { useState } from "preact/hooks";
import { needsReport, type SelectionModel } from "../../utils/models/selection-model.ts";
import type { Selection } from "../../utils/selection.ts";
import { t, tn, type MessageKey } from "../../utils/text.ts";
import { Button } from "../button.tsx";
import { Notice } from "../notice.tsx";
import { ReportActions } from "../report-actions.tsx";

const SHOWN = 3;

/** What of the page's selection could not be read, and what can be done about it. */
export function SelectionTrouble({ selection }: { selection: SelectionModel }) {
  const { everything, rows, unreadable, ...page } = selection.selection.value;
  return (
    <>
      {everything && <Notice kind="info">{tn("selection_everything", rows.length)}</Notice>}
      {unreadable.length > 0 && <UnreadableRows texts={unreadable} />}
      {needsReport(page) && <PageReport selection={selection} words={wordsFor(page)} />}
    </>
  );
}

function UnreadableRows({ texts }: { texts: Selection["unreadable"] }) {
  const [all, setAll] = useState(false);
  const shown = all ? texts : texts.slice(0, SHOWN);
  return (
    <ul class="selection-card-reasons" aria-label={t("selection_unreadable")}>
      {shown.map((text, index) => (
        // Rows without an id have no other key than their place.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={index}>
          <bdi class="ellipsis" title={text ?? ""}>
            {text ?? t("selection_unreadable_empty")}
          </bdi>
          <span class="reason">{t("selection_unreadable_row")}</span>
        </li>
      ))}
      {shown.length < texts.length && (
        <li>
          <Button kind="text" onClick={() => setAll(true)}>
            {tn("selection_more", texts.length - shown.length)}
          </Button>
        </li>
      )}
    </ul>
  );
}

interface PageReportProps {
  selection: SelectionModel;
  words: { title: MessageKey; hint: MessageKey };
}

function PageReport({ selection, words }: PageReportProps) {
  const report = selection.report.value;
  if (typeof report === "object")
    return (
      <Notice kind="info" action={<ReportActions report={report} />}>
        {t("report_made")}
      </Notice>
    );
  return (
    <Notice
      kind="bad"
      action={
        <Button kind="text" onClick={() => void selection.makeReport()}>
          {t("report_make")}
        </Button>
      }
    >
      <strong>{t(words.title)}</strong>
      <br />
      {t(report === "failed" ? "report_failed" : words.hint)}
    </Notice>
  );
}

function wordsFor({ unusable, recipeId }: Pick<Selection, "unusable" | "recipeId">): PageReportProps["words"] {
  if (unusable) return { title: "selection_unusable", hint: "selection_unusable_hint" };
  // Nobody ever described this page: it cannot have changed.
  if (recipeId === "generic") return { title: "selection_unknown_page", hint: "selection_unknown_page_hint" };
  return { title: "selection_changed", hint: "selection_changed_hint" };
}
