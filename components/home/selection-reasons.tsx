import { useState } from "preact/hooks";
import type { SelectionSummary } from "../../utils/models/selection-summary.ts";
import { joinRefusalText } from "../../utils/models/refusal-text.ts";
import { t, tn } from "../../utils/text.ts";
import { Button } from "../button.tsx";

const SHOWN = 3;

/** Each ticked person who cannot join, with the reason; the first few at once, the others on demand. */
export function SelectionReasons({ reasons }: { reasons: SelectionSummary["reasons"] }) {
  const [all, setAll] = useState(false);
  if (reasons.length === 0) return null;
  const shown = all ? reasons : reasons.slice(0, SHOWN);
  return (
    <ul class="selection-card-reasons" aria-label={t("people_refused_list")}>
      {shown.map(({ key, name, refusal, hasOtherPhone }) => (
        <li key={key}>
          <bdi class="ellipsis" title={name ?? ""}>
            {name ?? t("person_no_name")}
          </bdi>
          <span class="reason">
            {joinRefusalText(refusal)}
            {hasOtherPhone && <span class="quiet"> · {t("selection_other_phone")}</span>}
          </span>
        </li>
      ))}
      {shown.length < reasons.length && (
        <li>
          <Button kind="text" onClick={() => setAll(true)}>
            {tn("selection_more", reasons.length - shown.length)}
          </Button>
        </li>
      )}
    </ul>
  );
}
