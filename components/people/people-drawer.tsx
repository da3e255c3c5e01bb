import "./people-drawer.css";
import type { Group } from "@partyline/contract/group";
import { formatPhone } from "@partyline/domain/phone-number";
import { useState } from "preact/hooks";
import { personMatches } from "../../utils/models/group-search.ts";
import { loneWriter } from "../../utils/models/lone-thread.ts";
import { t } from "../../utils/text.ts";
import { Button } from "../button.tsx";
import { Dialog } from "../dialog.tsx";
import { SearchField } from "../search-field.tsx";
import { Person } from "./person.tsx";

interface PeopleDrawerProps {
  group: Group;
  /** Where the CRM shows a contact, with `{id}` for its id; null where that is not known. */
  recordUrl: string | null;
  onClose: () => void;
  onChangePeople: () => void;
  onOpenGroup: (groupId: string) => void;
  onOpenRecord: (url: string) => void;
}

/** Everybody in the group, as they were when it was made and as the CRM has them now. */
export function PeopleDrawer(props: PeopleDrawerProps) {
  const { group, recordUrl, onClose, onChangePeople, onOpenGroup, onOpenRecord } = props;
  const [query, setQuery] = useState("");
  const found = group.participants.filter((person) => query.trim() === "" || personMatches(person, query));
  const { number, label } = group.businessNumber;
  return (
    <Dialog title={t("people_title")} place="side" onClose={onClose}>
      <SearchField label={t("people_search")} value={query} onInput={setQuery} startsHere />
      <ul class="people" aria-label={t("people_title")}>
        {found.map((person) => (
          <Person key={person.id} person={person} recordUrl={recordUrl} onOpenRecord={onOpenRecord} />
        ))}
        {found.length === 0 && <li class="person quiet">{t("people_none", { query })}</li>}
      </ul>
      <div class="people-foot">
        <p class="quiet">
          {t("people_business")}: <span class="number">{formatPhone(number)}</span>
          {label !== null && ` · ${label}`}
        </p>
        <Button onClick={onChangePeople}>{t(newGroupKey(group))}</Button>
        <ul class="people-links" aria-label={t("links_list")}>
          {group.links.map(({ groupId, title, relation }) => (
            <li key={groupId}>
              <Button kind="text" onClick={() => onOpenGroup(groupId)}>
                {t(`link_${relation}`, { title })}
              </Button>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

function newGroupKey(group: Group) {
  if (loneWriter(group) !== null) return "thread_group_with_others";
  return group.discovered ? "thread_make_group" : "people_change";
}
