import "./base.css";
import "./view.css";
import { t } from "../utils/text.ts";
import { EmptyState } from "./empty-state.tsx";

/** What a page that frames the panel by itself gets to see. */
export function InertView() {
  return (
    <main class="view">
      <EmptyState title={t("inert_title")} hint={t("inert_text")} />
    </main>
  );
}
