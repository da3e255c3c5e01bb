import { X } from "lucide-preact";
import { useState } from "preact/hooks";
import type { OptionsModel } from "../../utils/models/options-model.ts";
import { t } from "../../utils/text.ts";
import { Button, IconButton } from "../button.tsx";
import { Notice } from "../notice.tsx";

const REFUSALS = {
  bad_address: "options_bad_address",
  unsafe_address: "options_unsafe_address",
  denied: "options_site_refused",
} as const;

export function SitesSection({ model, sites }: { model: OptionsModel; sites: readonly string[] }) {
  const [url, setUrl] = useState("");
  const refusal = model.siteRefusal.value;
  const add = async () => {
    if (await model.addSite(url)) setUrl("");
  };
  return (
    <section class="options-section">
      <h2>{t("options_sites")}</h2>
      <p class="quiet">{t("options_sites_hint")}</p>
      {sites.length === 0 ? <p>{t("options_sites_none")}</p> : <Sites model={model} sites={sites} />}
      <form
        class="options-form"
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <input
          type="text"
          inputMode="url"
          spellcheck={false}
          aria-label={t("options_site_label")}
          placeholder={t("options_site_label")}
          value={url}
          onInput={(event) => setUrl(event.currentTarget.value)}
        />
        <Button type="submit">{t("options_site_add")}</Button>
      </form>
      {refusal !== null && <Notice kind="bad">{t(REFUSALS[refusal])}</Notice>}
    </section>
  );
}

function Sites({ model, sites }: { model: OptionsModel; sites: readonly string[] }) {
  return (
    <ul class="options-sites" aria-label={t("options_sites")}>
      {sites.map((site) => (
        <li key={site}>
          <span class="ellipsis">{site}</span>
          {model.hidden.value.includes(site) && (
            <span class="options-hidden">
              <span class="quiet">{t("options_site_hidden")}</span>
              <Button kind="text" onClick={() => void model.showHandle(site)}>
                {t("options_site_show")}
              </Button>
            </span>
          )}
          <IconButton label={t("options_site_remove", { site })} onClick={() => void model.removeSite(site)}>
            <X size={16} aria-hidden="true" />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}
