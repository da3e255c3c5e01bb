import "./selection-card.css";
import { t } from "../../utils/text.ts";

/** On a page of another account than the workspace's: whose it is not, and where to go instead. */
export function ElsewhereCard({ workspace }: { workspace: string }) {
  return (
    <section class="selection-card" aria-label={t("selection_region")}>
      <div role="status">
        <h2>{t("elsewhere_title")}</h2>
        <p class="quiet">{t("elsewhere_hint", { workspace })}</p>
      </div>
    </section>
  );
}
