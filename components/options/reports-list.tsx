import type { RecipesModel } from "../../utils/models/recipes-model.ts";
import { clockTimeOrDate, fullTime } from "../../utils/models/when.ts";
import { t } from "../../utils/text.ts";
import { Button } from "../button.tsx";
import { ReportActions } from "../report-actions.tsx";

/** The last reports of pages that changed, to hand to whoever corrects recipes. */
export function ReportsList({ model }: { model: RecipesModel }) {
  const reports = model.reports.value;
  if (reports.length === 0) return null;
  return (
    <div class="recipe-reports">
      <h3>{t("options_reports")}</h3>
      <p class="quiet">{t("options_reports_hint")}</p>
      <ul class="options-sites" aria-label={t("options_reports")}>
        {reports.map((report) => (
          <li key={report.at}>
            <span class="recipe-name">
              <span>
                <b>{report.recipe?.id ?? t("reports_no_recipe")}</b>{" "}
                <time class="quiet" dateTime={report.at} title={fullTime(report.at)}>
                  {clockTimeOrDate(report.at, model.now())}
                </time>
              </span>
              <span class="quiet ellipsis">{report.address}</span>
            </span>
            <ReportActions report={report} />
          </li>
        ))}
      </ul>
      <div>
        <Button onClick={() => void model.forgetReports()}>{t("reports_forget")}</Button>
      </div>
    </div>
  );
}
