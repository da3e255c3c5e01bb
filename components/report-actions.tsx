import "./report-actions.css";
import { useState } from "preact/hooks";
import { downloadJson } from "../utils/download.ts";
import type { StructureReport } from "../utils/structure-report.ts";
import { t } from "../utils/text.ts";
import { Button } from "./button.tsx";

/** Takes a report out of the extension: as a file, or into the clipboard. */
export function ReportActions({ report }: { report: StructureReport }) {
  const [copied, setCopied] = useState(false);
  const name = `partyline-${report.recipe?.id ?? "page"}-${report.at.slice(0, 19).replaceAll(":", "-")}.json`;
  const copy = () => navigator.clipboard.writeText(JSON.stringify(report, null, 2)).then(() => setCopied(true));
  return (
    <span class="report-actions">
      <Button kind="text" onClick={() => downloadJson(name, report)}>
        {t("report_download")}
      </Button>
      <Button kind="text" onClick={() => void copy()}>
        {t("report_copy")}
      </Button>
      <span role="status">{copied ? t("report_copied") : ""}</span>
    </span>
  );
}
