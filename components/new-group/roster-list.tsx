import "./roster-list.css";
import type { Contact, ContactPage } from "@partyline/contract/contact";
import type { Result } from "@partyline/domain/result";
import type { CallRefusal } from "../../utils/command.ts";
import type { RosterModel } from "../../utils/models/roster-model.ts";
import { t, tn } from "../../utils/text.ts";
import { Skeleton } from "../skeleton.tsx";
import { AddPeople } from "./add-people.tsx";
import { RefusedList } from "./refused-list.tsx";
import { RosterRow } from "./roster-row.tsx";

interface RosterListProps {
  roster: RosterModel;
  /** Ticked rows that the page could not tell us about. */
  missing: number;
  max: number;
  /** The business number, to which people text that they want texts again. */
  from: string | null;
  /** Whether the search is where one begins. */
  startsWithSearch: boolean;
  search: (query: string) => Promise<Result<ContactPage, CallRefusal>>;
}

/** Everybody who was selected: who joins and with which phone, and who cannot and why. Nobody is left out silently. */
export function RosterList({ roster, missing, max, from, startsWithSearch, search }: RosterListProps) {
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
      <RefusedList roster={roster} from={from} />
      {missing > 0 && <p class="quiet roster-row-note">{tn("people_missing", missing)}</p>}
      <AddPeople
        search={search}
        known={known}
        startsHere={startsWithSearch}
        onAdd={(contact: Contact) => roster.people.add(contact)}
      />
    </section>
  );
}
