import "./selection-card.css";
import { t } from "../../utils/text.ts";
import { Button } from "../button.tsx";

interface StrangerCardProps {
  /** Null where the browser does not say, or could not be asked. */
  origin: string | null;
  onEnable: (origin: string) => unknown;
}

/** In the browser's own side panel, on a tab that is no CRM: says so, and offers to change it. */
export function StrangerCard({ origin, onEnable }: StrangerCardProps) {
  const host = origin === null ? null : new URL(origin).host;
  return (
    <section class="selection-card" aria-label={t("selection_region")}>
      <div class="selection-card-top">
        <div role="status">
          <h2>{t("stranger_title")}</h2>
          <p class="quiet">{host === null ? t("stranger_hint") : t("stranger_hint_known", { host })}</p>
        </div>
      </div>
      {origin !== null && host !== null && (
        <div>
          <Button onClick={() => void onEnable(origin)}>{t("stranger_enable", { host })}</Button>
        </div>
      )}
    </section>
  );
}
