import type { RosterModel } from "../../utils/models/roster-model.ts";
import { joinHintText, joinRefusalText, optInRequest } from "../../utils/models/refusal-text.ts";
import { phoneText } from "../../utils/models/found-phone.ts";
import { t } from "../../utils/text.ts";
import { RefusedRow } from "./refused-row.tsx";

interface RefusedListProps {
  roster: RosterModel;
  /** The business number, to which people text that they want texts again. */
  from: string | null;
}

/** Everybody who was selected and does not join, with the reason. */
export function RefusedList({ roster, from }: RefusedListProps) {
  return (
    <ul aria-label={t("people_refused_list")}>
      {roster.rows.value.map(({ contact, choices, refusal, waysOut, before }) =>
        refusal === null ? null : (
          <RefusedRow
            key={contact.id}
            name={contact.name}
            phone={textOf(choices[0]?.phone)}
            reason={joinRefusalText(refusal)}
            hint={joinHintText(refusal, contact, from)}
            request={optInRequest(refusal, contact, from)}
            before={before}
            waysOut={waysOut}
            onUse={(phone) => roster.pick(contact.id, [phone])}
          />
        ),
      )}
      {roster.people.unknown.value.map(({ row, unreadable }) => (
        <RefusedRow
          key={row.contactId ?? row.phone ?? row.name}
          name={row.name ?? textOf(row.phone) ?? ""}
          phone={textOf(row.phone)}
          reason={joinRefusalText({ reason: unreadable ?? "unknown_contact" })}
          hint={t(`join_hint_${unreadable ?? "unknown_contact"}`)}
        />
      ))}
    </ul>
  );
}

function textOf(phone: string | null | undefined): string | null {
  return phone === null || phone === undefined ? null : phoneText(phone);
}
