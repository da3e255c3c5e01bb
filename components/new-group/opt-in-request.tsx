import "./opt-in-request.css";
import { useState } from "preact/hooks";
import { t } from "../../utils/text.ts";
import { Button } from "../button.tsx";

/**
 * A ready text that asks somebody for their opt-in, to be sent another way. Nothing leaves from here: to somebody who
 * does not want texts, not even this one may be texted.
 */
export function OptInRequest({ name, text }: { name: string; text: string }) {
  const [open, setOpen] = useState(false);
  const [copied, setCopied] = useState<boolean | null>(null);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  if (!open) {
    return (
      <p class="roster-row-note">
        <Button kind="text" onClick={() => setOpen(true)} aria-label={t("opt_in_ask_label", { name })}>
          {t("opt_in_ask")}
        </Button>
      </p>
    );
  }
  return (
    <div class="opt-in-request roster-row-note">
      <blockquote dir="auto">{text}</blockquote>
      <p>
        <Button onClick={() => void copy()}>{t("opt_in_copy")}</Button>{" "}
        <span role="status" class="quiet">
          {copied === null ? "" : t(copied ? "opt_in_copied" : "opt_in_not_copied")}
        </span>
      </p>
      <p class="quiet">{t("opt_in_nothing_sent")}</p>
    </div>
  );
}
