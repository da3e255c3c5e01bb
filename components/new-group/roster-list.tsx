import "./roster-list.css";
import type { Contact, ContactPage } from "@partyline/contract/contact";
import type { Result } from "@partyline/domain/result";
import type { CallRefusal } from "../../utils/command.ts";
import type { RosterModel } from "../../utils/models/roster-model.ts";
import { joinRefusalText } from "../../utils/models/refusal-text.ts";
import { t, tn } from "../../utils/text.ts";
import { Skeleton } from "../skeleton.tsx";
import { AddPeople } from "./add-people.tsx";
import { RefusedRow } from "./refused-row.tsx";
import { RosterRow } from "./roster-row.tsx";

interface RosterListProps {
  roster: RosterModel;
  /** Ticked rows that the page could not tell us about. */
  missing: number;
  max: number;
  search: (query: string) => Promise<Result<ContactPage, CallRefusal>>;
}

/** Everybody who was selected: who joins and with which phone, and who cannot and why. Nobody is left out silently. */
export function RosterList({ roster, missing, max, search }: RosterListProps) {
  const rows = roster.rows.value;
  const count = roster.participants.value;
  const known = new Set(rows.map((row) => row.contact.id));
  return (
    <section aria-label={t("to_label")}>
      <div class="new-group-field">
        <h2>{t("to_label")}</h2>
        <p class={count > max ? "reason" : ""} aria-label={tn("to_count_label", count, { max })} role="status">
          {t("to_count", { count, max })}
        </p>
      </div>
      {roster.people.people.value === null && <Skeleton />}
      <ul aria-label={t("people_list")}>
        {rows
          .filter((row) => row.refusal === null)
          .map((row) => (
            <RosterRow
              key={row.contact.id}
              row={row}
              shared={roster.shared.value}
              onPick={(contactId, phones) => roster.pick(contactId, phones)}
            />
          ))}
      </ul>
      <ul aria-label={t("people_refused_list")}>
        {rows.map(({ contact, choices, refusal }) =>
          refusal === null ? null : (
            <RefusedRow
              key={contact.id}
              name={contact.name}
              phone={choices[0]?.phone ?? null}
              reason={joinRefusalText(refusal)}
            />
          ),
        )}
        {roster.people.unknown.value.map(({ row }) => (
          <RefusedRow
            key={row.contactId ?? row.phone ?? row.name}
            name={row.name ?? row.phone ?? ""}
            phone={row.phone}
            reason={joinRefusalText({ reason: "unknown_contact" })}
          />
        ))}
      </ul>
      {missing > 0 && <p class="quiet roster-row-note">{tn("people_missing", missing)}</p>}
      <AddPeople search={search} known={known} onAdd={(contact: Contact) => roster.people.add(contact)} />
    </section>
  );
}
