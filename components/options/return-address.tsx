import { useState } from "preact/hooks";
import { t } from "../../utils/text.ts";
import { Button } from "../button.tsx";

/** What the operator enters in the backend's EXTENSION_REDIRECTS, so that signing in finds its way back here. */
export function ReturnAddress({ address, onCopy }: { address: string; onCopy: (text: string) => Promise<void> }) {
  const [copied, setCopied] = useState(false);
  return (
    <p class="options-return quiet">
      <span>{t("options_return")}</span>
      <code>{address}</code>
      <Button kind="text" onClick={() => void onCopy(address).then(() => setCopied(true))}>
        {t("options_return_copy")}
      </Button>
      <span role="status">{copied ? t("options_return_copied") : ""}</span>
    </p>
  );
}
