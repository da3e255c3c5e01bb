import { X } from "lucide-preact";
import { joinRefusalText } from "../utils/models/refusal-text.ts";
import type { SurroundingsModel } from "../utils/models/surroundings-model.ts";
import { t } from "../utils/text.ts";
import { IconButton } from "./button.tsx";
import { Notice } from "./notice.tsx";

type Refused = NonNullable<SurroundingsModel["refusedNumber"]["value"]>;

/** Why what somebody chose to text in the page cannot be texted. */
export function RefusedNumber({ surroundings: { refusedNumber } }: { surroundings: SurroundingsModel }) {
  const refused = refusedNumber.value;
  if (refused === null) return null;
  const dismiss = () => {
    refusedNumber.value = null;
  };
  return (
    <Notice
      kind="bad"
      action={
        <IconButton label={t("dismiss")} onClick={dismiss}>
          <X size={16} aria-hidden="true" />
        </IconButton>
      }
    >
      {t("text_number_refused", { text: refused.text, reason: reasonText(refused.refusal) })}
    </Notice>
  );
}

function reasonText(refusal: Refused["refusal"]): string {
  return refusal.reason === "other_account" ? t("elsewhere_title") : joinRefusalText(refusal);
}
