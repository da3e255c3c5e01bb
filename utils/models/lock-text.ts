import type { Group, GroupLock } from "@partyline/contract/group";
import { firstName } from "@partyline/domain/people";
import { listNames, t } from "../text.ts";
import type { PersonRow } from "./contact-lookup.ts";
import type { NewGroupStart } from "./navigation.ts";
import { clockTimeOrDate } from "./when.ts";

/** "Locked: Tom Ray is on do-not-disturb since 9:12 AM." */
export function lockText(lock: GroupLock, now: number): string {
  const causes = lock.causes.map(({ name, reason, by, since = lock.since }) => {
    const values = { name, since: clockTimeOrDate(since, now) };
    if (by === undefined) return t(`lock_${reason}`, values);
    return by === null
      ? t("lock_do_not_disturb_by_unnamed", values)
      : t("lock_do_not_disturb_by", { ...values, by: by.name });
  });
  return t("lock_banner", { causes: listNames(causes) });
}

/** The first names of those who keep the group locked. */
export function lockingNames(group: Group): string {
  const causes = new Set(group.lock?.causes.map((cause) => cause.participantId));
  return listNames(group.participants.filter(({ id }) => causes.has(id)).map(firstNames));
}

/** Of everybody behind the number: whoever is left out, all of them are. */
function firstNames(person: Group["participants"][number]): string {
  const named = person.contacts.filter(({ name }) => name.trim() !== "");
  const names = new Set(named.map((contact) => firstName({ phone: person.phone, contacts: [contact] })));
  return names.size === 0 ? firstName(person) : [...names].join(" & ");
}

/** A group's people as the beginning of another group (rule R6), those who keep it locked left out (rule R8). */
export function successorStart(group: Group): NewGroupStart {
  const causes = new Set(group.lock?.causes.map((cause) => cause.participantId));
  const staying = group.participants.filter(({ id }) => !causes.has(id));
  return {
    rows: staying.flatMap(rowsOf),
    account: null,
    missing: 0,
    businessNumberId: group.businessNumber.id,
    name: group.name,
    // A discovered thread becomes the group that is made of it; it does not precede one.
    successorOf: group.discovered ? null : group.id,
  };
}

/** One row for each contact behind the number; one for the number alone where nobody is known behind it. */
function rowsOf({ phone, contacts }: Group["participants"][number]): PersonRow[] {
  if (contacts.length === 0) return [{ contactId: null, name: null, phone }];
  return contacts.map(({ id, name }) => ({ contactId: id, name, phone, own: true }));
}
