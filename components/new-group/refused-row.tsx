import { formatPhone } from "@partyline/domain/phone-number";
import { X } from "lucide-preact";
import type { PhoneChoice } from "../../utils/models/joining.ts";
import { t } from "../../utils/text.ts";
import { Button } from "../button.tsx";
import type { FrozenPerson } from "../../utils/models/frozen-person.ts";
import { BeforeNote } from "./before-note.tsx";
import { OptInRequest } from "./opt-in-request.tsx";

interface RefusedRowProps {
  name: string;
  phone: string | null;
  reason: string;
  /** What can be done about it, where it is not ours to do. */
  hint?: string | null;
  /** A text that asks for their opt-in, where that is the way out. */
  request?: string | null;
  before?: FrozenPerson | null;
  /** Phones by which this person can join after all. */
  waysOut?: readonly PhoneChoice[];
  onUse?: (phone: string) => void;
}

/** Somebody who was selected and cannot join as they are, with the way out where there is one. */
export function RefusedRow({
  name,
  phone,
  reason,
  hint = null,
  request = null,
  before = null,
  waysOut,
  onUse,
}: RefusedRowProps) {
  return (
    <li>
      <div class="roster-row roster-row-refused" title={phone ?? ""}>
        <X size={16} aria-hidden="true" />
        <bdi class="ellipsis">{name === "" ? t("person_no_name") : name}</bdi>
        <span class="reason">{reason}</span>
      </div>
      <BeforeNote before={before} />
      {hint !== null && <p class="quiet roster-row-note">{hint}</p>}
      {request !== null && <OptInRequest name={name} text={request} />}
      {waysOut?.map(({ phone, number, label }) => (
        <p key={phone} class="roster-row-note">
          <Button kind="text" onClick={() => onUse?.(phone)}>
            {t("refused_use", { phone: [formatPhone(number), label].filter((part) => part !== null).join(" ") })}
          </Button>
        </p>
      ))}
    </li>
  );
}
