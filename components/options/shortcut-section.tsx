import type { OptionsModel } from "../../utils/models/options-model.ts";
import { t } from "../../utils/text.ts";
import { Button } from "../button.tsx";

/** Which keys open the panel, and the way to the browser's page where they are changed. */
export function ShortcutSection({ model }: { model: OptionsModel }) {
  const keys = model.shortcut.value;
  if (keys === undefined) return null;
  return (
    <section class="options-section">
      <h2>{t("options_shortcut")}</h2>
      <div class="options-person">
        <p>{keys === null ? t("options_shortcut_none") : t("options_shortcut_keys", { keys })}</p>
        <Button onClick={() => void model.changeShortcut()}>{t("options_shortcut_change")}</Button>
      </div>
    </section>
  );
}
