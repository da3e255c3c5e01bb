import { formatPhone } from "@partyline/domain/phone-number";
import { ChevronDown } from "lucide-preact";
import type { PhoneChoice } from "../../utils/models/joining.ts";
import { joinRefusalText } from "../../utils/models/refusal-text.ts";
import type { RosterRow as Row } from "../../utils/models/roster-rows.ts";
import { listNames, t, tn } from "../../utils/text.ts";
import { Menu } from "../menu.tsx";
import { BeforeNote } from "./before-note.tsx";

interface RosterRowProps {
  row: Row;
  /** Names by number, where several people share one. */
  shared: ReadonlyMap<string, readonly string[]>;
  onPick: (contactId: string, phones: readonly string[]) => void;
}

export function RosterRow({ row, shared, onPick }: RosterRowProps) {
  const { contact, choices, picked, before } = row;
  const first = choices.find((choice) => choice.refusal === null);
  const chosen = choices.filter((choice) => picked.includes(choice.phone));
  const sharing = chosen.flatMap((choice) => shared.get(choice.number) ?? []).filter((name) => name !== contact.name);
  const name = contact.name === "" ? t("person_no_name") : contact.name;
  const toggle = (phone: string) =>
    onPick(contact.id, picked.includes(phone) ? picked.filter((one) => one !== phone) : [...picked, phone]);
  return (
    <li>
      <div class="roster-row">
        <label title={name}>
          <input
            type="checkbox"
            checked={picked.length > 0}
            onChange={() => onPick(contact.id, picked.length > 0 || first === undefined ? [] : [first.phone])}
          />
          <bdi class="ellipsis">{name}</bdi>
        </label>
        {choices.length > 1 ? (
          <PhoneMenu name={name} choices={choices} picked={picked} onToggle={toggle} />
        ) : (
          <span class="roster-row-phones">
            <span class="ellipsis number" title={first === undefined ? "" : phoneText(first)}>
              {first === undefined ? "" : phoneText(first)}
            </span>
          </span>
        )}
      </div>
      <BeforeNote before={before} />
      {chosen.some((choice) => choice.unverified) && <p class="quiet roster-row-note">{t("person_unverified")}</p>}
      {chosen.map((choice) =>
        choice.extension === null ? null : (
          <p key={choice.phone} class="quiet roster-row-note">
            {extensionText(choice.number, choice.extension)}
          </p>
        ),
      )}
      {sharing.length > 0 && <p class="quiet roster-row-note">{t("person_shares", { names: listNames(sharing) })}</p>}
    </li>
  );
}

interface PhoneMenuProps {
  name: string;
  choices: readonly PhoneChoice[];
  picked: readonly string[];
  onToggle: (phone: string) => void;
}

function PhoneMenu({ name, choices, picked, onToggle }: PhoneMenuProps) {
  const chosen = choices.filter((choice) => picked.includes(choice.phone));
  const [only] = chosen;
  return (
    <Menu
      kind="many"
      label={t("person_choose_phones", { name })}
      triggerClass="roster-row-phones"
      trigger={
        <>
          <span class="ellipsis number">
            {chosen.length === 1 && only !== undefined
              ? phoneText(only)
              : tn("person_phones", chosen.length === 0 ? choices.length : chosen.length)}
          </span>
          <ChevronDown size={14} aria-hidden="true" />
        </>
      }
      items={choices.map((choice) => ({
        value: choice.phone,
        text: <span class="number">{phoneText(choice)}</span>,
        plainText: phoneText(choice),
        checked: picked.includes(choice.phone),
        ...(choice.refusal === null ? {} : { disabled: true, note: joinRefusalText(choice.refusal) }),
      }))}
      onSelect={onToggle}
    />
  );
}

function extensionText(number: string, extension: string): string {
  return t("person_extension", { number: formatPhone(number), extension });
}

function phoneText(choice: PhoneChoice): string {
  const number = choice.refusal === null ? formatPhone(choice.number) : choice.phone;
  return choice.label === null ? number : `${number} ${choice.label}`;
}
