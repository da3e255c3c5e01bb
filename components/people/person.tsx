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
  const [contact, ...others] = person.contacts;
  return (
    <li class="person">
      <span class="person-name" title={name}>
        <bdi class="ellipsis">{name}</bdi>
        {others.length === 0 && <ChangeTag tag={contact?.tag} />}
        {person.doNotDisturb && <Tag kind="bad" text={t("people_dnd")} />}
        {person.optedOut && <Tag kind="bad" text={t("people_opted_out")} />}
      </span>
      <span class="number">{formatPhone(person.phone)}</span>
      {others.length === 0 ? (
        notes(contact?.tag).map((note) => (
          <span key={note} class="person-note quiet">
            {note}
          </span>
        ))
      ) : (
        <SharedNotes contacts={person.contacts} />
      )}
      <span class="person-note person-foot quiet">
        <span>{ownerOf(person)}</span>
        {recordUrl !== null &&
          person.contacts
            .filter(({ tag }) => tag?.kind !== "deleted")
            .map((one) => <RecordLink key={one.id} template={recordUrl} contact={one} onOpen={onOpenRecord} />)}
      </span>
    </li>
  );
}

type ContactOf = Participant["contacts"][number];

/** Of several people behind one number, who has changed and how. */
function SharedNotes({ contacts }: { contacts: readonly ContactOf[] }) {
  return contacts.flatMap(({ id, name, tag }) =>
    notes(tag).map((note) => (
      <span key={`${id} ${note}`} class="person-note quiet">
        <bdi>{name}</bdi> <ChangeTag tag={tag} /> {note}
      </span>
    )),
  );
}

function ChangeTag({ tag }: Pick<ContactOf, "tag">) {
  if (tag?.kind === "updated") return <Tag kind="warn" text={t("people_updated")} />;
  if (tag?.kind === "deleted") return <Tag kind="plain" text={t("people_deleted")} />;
  return null;
}

function ownerOf({ contacts }: Participant): string {
  if (contacts.length === 0) return t("people_not_in_crm");
  const owners = new Set(contacts.flatMap((contact) => ownerName(contact) ?? []));
  return owners.size === 0 ? t("people_no_owner") : t("people_owner", { name: listNames([...owners]) });
}

/** A user of the CRM who is none of ours has an id and no name. */
function ownerName({ ownerId = null, ownerName: name }: ContactOf): string | null {
  return name ?? (ownerId === null ? null : t("people_owner_elsewhere"));
}

/** How the directory differs now from what was frozen (rule R7). */
function notes(tag: ContactOf["tag"]): string[] {
  if (tag === null || tag === undefined) return [];
  if (tag.kind === "deleted") return [t("people_deleted_note")];
  const changed = [];
  if (tag.name !== null) changed.push(t("people_now_name", { name: tag.name }));
  if (tag.phone !== null)
    changed.push(t("people_now_phone", { phone: formatPhone(normalisePhone(tag.phone) ?? tag.phone) }));
  return changed.length > 0 ? changed : [t("people_number_gone")];
}
