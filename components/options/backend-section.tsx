import { useId, useState } from "preact/hooks";
import type { BackendCheck, OptionsModel } from "../../utils/models/options-model.ts";
import { callRefusalText } from "../../utils/models/refusal-text.ts";
import { t } from "../../utils/text.ts";
import { Button } from "../button.tsx";
import { Notice } from "../notice.tsx";
import { UnsentDialog } from "../unsent-dialog.tsx";

export function BackendSection({ model, backend }: { model: OptionsModel; backend: string | null }) {
  const [url, setUrl] = useState(backend ?? "");
  const [asking, setAsking] = useState(false);
  const hint = useId();
  const save = () => {
    setAsking(false);
    void model.setBackend(url);
  };
  const check = model.check.value;
  return (
    <section class="options-section">
      <h2>{t("options_backend")}</h2>
      <p class="quiet" id={hint}>
        {t("options_backend_hint")}
      </p>
      <form
        class="options-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (model.dropsUnsent(url)) setAsking(true);
          else save();
        }}
      >
        <input
          type="text"
          inputMode="url"
          autocomplete="url"
          spellcheck={false}
          aria-label={t("options_backend_label")}
          aria-describedby={hint}
          value={url}
          onInput={(event) => setUrl(event.currentTarget.value)}
        />
        <Button kind="primary" type="submit" disabled={check.state === "checking"}>
          {t(check.state === "checking" ? "options_backend_checking" : "options_backend_check")}
        </Button>
      </form>
      <CheckResult check={check} />
      {asking && (
        <UnsentDialog
          leaving="other_backend"
          unsent={model.unsent.value}
          onClose={() => setAsking(false)}
          onGo={save}
        />
      )}
    </section>
  );
}

function CheckResult({ check }: { check: BackendCheck }) {
  switch (check.state) {
    case "idle":
    case "checking":
      return null;
    case "saved":
      return <Notice kind="info">{t("options_backend_saved")}</Notice>;
    case "bad_address":
      return <Notice kind="bad">{t("options_bad_address")}</Notice>;
    case "unsafe_address":
      return <Notice kind="bad">{t("options_unsafe_address")}</Notice>;
    case "refused":
      return <Notice kind="bad">{callRefusalText(check.refusal)}</Notice>;
  }
}
