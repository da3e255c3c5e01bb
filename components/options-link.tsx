import { t } from "../utils/text.ts";

/** A plain link: unlike the browser's own way to the options page, it works from a frame in somebody else's page too. */
export function OptionsLink() {
  return (
    <a class="text-button" href="/options.html" target="_blank" rel="noopener">
      {t("options_link")}
    </a>
  );
}
