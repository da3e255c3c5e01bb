import "./from-picker.css";
import type { BusinessNumber } from "@partyline/contract/number";
import { formatPhone } from "@partyline/domain/phone-number";
import { ChevronDown } from "lucide-preact";
import { numberRefusalText } from "../../utils/models/refusal-text.ts";
import { t } from "../../utils/text.ts";
import type { MenuItem } from "../menu-list.tsx";
import { Menu } from "../menu.tsx";

interface FromPickerProps {
  numbers: readonly BusinessNumber[];
  chosen: BusinessNumber | null;
  onChoose: (id: string) => void;
}

/** The business number to send from; those the user may not use are listed with the reason. */
export function FromPicker({ numbers, chosen, onChoose }: FromPickerProps) {
  const isOpen = numbers.some(({ refusal }) => refusal === null);
  const shown = chosen === null ? t(isOpen ? "from_open" : "from_none") : describe(chosen);
  return (
    <div class="new-group-field">
      <h2>{t("from_label")}</h2>
      <Menu
        kind="one"
        label={t("from_choose", { number: shown })}
        triggerClass="from-picker"
        trigger={
          <>
            <span class="ellipsis">{shown}</span>
            <ChevronDown size={16} aria-hidden="true" />
          </>
        }
        items={numbers.map((number) => toItem(number, number.id === chosen?.id))}
        onSelect={onChoose}
      />
      {chosen === null && isOpen && (
        <p class="from-why quiet" role="status">
          {whyAsked(numbers.find(({ isDefault }) => isDefault))}
        </p>
      )}
    </div>
  );
}

/** Why the form asks at all: each person is to be texted from the number somebody meant. */
function whyAsked(usual: BusinessNumber | undefined): string {
  if (usual === undefined || usual.refusal === null) return t("from_no_default");
  const reason = numberRefusalText(usual.refusal, usual.assignedTo?.name ?? null);
  return t("from_default_gone", { number: formatPhone(usual.number), reason });
}

function describe(number: BusinessNumber): string {
  const note = number.label ?? (number.isDefault ? t("from_default") : null);
  return note === null ? formatPhone(number.number) : `${formatPhone(number.number)} · ${note}`;
}

function toItem(number: BusinessNumber, checked: boolean): MenuItem {
  const item = { value: number.id, text: describe(number), plainText: describe(number), checked };
  if (number.refusal === null) return number.isDefault ? { ...item, note: t("from_default") } : item;
  return { ...item, disabled: true, note: numberRefusalText(number.refusal, number.assignedTo?.name ?? null) };
}
