import { X } from "lucide-preact";
import { t } from "../../utils/text.ts";

/** Somebody who was selected and cannot join. */
export function RefusedRow({ name, phone, reason }: { name: string; phone: string | null; reason: string }) {
  return (
    <li class="roster-row roster-row-refused" title={phone ?? ""}>
      <X size={16} aria-hidden="true" />
      <bdi class="ellipsis">{name === "" ? t("person_no_name") : name}</bdi>
      <span class="reason">{reason}</span>
    </li>
  );
}
