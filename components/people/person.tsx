import type { Participant } from "@partyline/contract/group";
import { displayName } from "@partyline/domain/people";
import { formatPhone, normalisePhone } from "@partyline/domain/phone-number";
import { listNames, t } from "../../utils/text.ts";
import { Tag } from "../tag.tsx";
import { RecordLink } from "./record-link.tsx";

interface PersonProps {
  person: Participant;
  /** Where the CRM shows a contact; null where that is not known. */
  recordUrl: string | null;
  onOpenRecord: (url: string) => void;
}

export function Person({ person, recordUrl, onOpenRecord }: PersonProps) {
  const name = displayName(person);
  return (
    <li class="person">
      <span class="person-name" title={name}>
        <bdi class="ellipsis">{name}</bdi>
        {person.tag?.kind === "updated" && <Tag kind="warn" text={t("people_updated")} />}
        {person.tag?.kind === "deleted" && <Tag kind="plain" text={t("people_deleted")} />}
        {person.doNotDisturb && <Tag kind="bad" text={t("people_dnd")} />}
        {person.optedOut && <Tag kind="bad" text={t("people_opted_out")} />}
      </span>
      <span class="number">{formatPhone(person.phone)}</span>
      {notes(person).map((note) => (
        <span key={note} class="person-note quiet">
          {note}
        </span>
      ))}
      <span class="person-note person-foot quiet">
        <span>{ownerOf(person)}</span>
        {recordUrl !== null &&
          person.tag?.kind !== "deleted" &&
          person.contacts.map((contact) => (
            <RecordLink key={contact.id} template={recordUrl} contact={contact} onOpen={onOpenRecord} />
          ))}
      </span>
    </li>
  );
}

function ownerOf({ contacts }: Participant): string {
  if (contacts.length === 0) return t("people_not_in_crm");
  const owners = [...new Set(contacts.flatMap((contact) => contact.ownerName ?? []))];
  return owners.length === 0 ? t("people_no_owner") : t("people_owner", { name: listNames(owners) });
}

/** How the directory differs now from what was frozen (rule R7). */
function notes({ tag }: Participant): string[] {
  if (tag === null) return [];
  if (tag.kind === "deleted") return [t("people_deleted_note")];
  const changed = [];
  if (tag.name !== null) changed.push(t("people_now_name", { name: tag.name }));
  if (tag.phone !== null)
    changed.push(t("people_now_phone", { phone: formatPhone(normalisePhone(tag.phone) ?? tag.phone) }));
  return changed.length > 0 ? changed : [t("people_number_gone")];
}
