import type { Contact } from "@partyline/contract/contact";
import type { Group } from "@partyline/contract/group";
import type { BusinessNumber } from "@partyline/contract/number";
import type { Session } from "@partyline/contract/session";
import type { E164 } from "@partyline/domain/phone-number";
import type { OutboxItem } from "../command.ts";

type CreateGroupItem = Extract<OutboxItem, { kind: "create_group" }>;

/** What this panel knows around a waiting command, which holds only ids and numbers. */
export interface Known {
  session: Session | null | undefined;
  numbers: readonly BusinessNumber[];
  /** Contacts this panel has met, by id. */
  contacts: ReadonlyMap<string, Contact>;
  /** Null until what reads numbers is here; they then stand as the CRM has them. */
  normalise: ((phone: string) => E164 | null) | null;
}

/** The groups the user sees: those of the replica, with what waits in the outbox drawn on top. Newest first. */
export function withWaiting(stored: readonly Group[], items: readonly OutboxItem[], known: Known): Group[] {
  const here = new Set(stored.map((group) => group.id));
  const waiting = items.flatMap((item) =>
    item.kind === "create_group" && !here.has(item.groupId) ? [waitingGroup(item, known)] : [],
  );
  return [...waiting.reverse(), ...stored.map((group) => asRenamed(group, items))];
}

/** A group under the name the user has just given it. */
function asRenamed(group: Group, items: readonly OutboxItem[]): Group {
  const renamed = items.findLast(
    (item) => item.kind === "rename_group" && item.groupId === group.id && item.refused === null,
  );
  return renamed?.kind === "rename_group" ? { ...group, name: renamed.body.name } : group;
}

function waitingGroup(item: CreateGroupItem, known: Known): Group {
  const from = known.numbers.find((number) => number.id === item.body.businessNumberId);
  return {
    id: item.groupId,
    name: item.body.name,
    businessNumber: { id: item.body.businessNumberId, number: from?.number ?? "", label: from?.label ?? null },
    mode: "native",
    participants: participants(item, known),
    lock: null,
    sendRefusal: null,
    createdAt: item.madeAt,
    discovered: false,
    links: [],
    createdBy: { id: known.session?.user.id ?? "", name: known.session?.user.name ?? "" },
    lastMessage: null,
    lastActivityAt: item.madeAt,
    readSeq: 0,
    unread: 0,
    revision: 0,
  };
}

function participants(item: CreateGroupItem, { contacts, normalise }: Known): Group["participants"] {
  const byNumber = new Map<string, Group["participants"][number]>();
  for (const { contactId, phone } of item.body.participants) {
    const number = normalise?.(phone) ?? phone;
    const person = byNumber.get(number) ?? {
      id: number,
      phone: number,
      contacts: [],
      doNotDisturb: false,
      optedOut: false,
    };
    const contact = contacts.get(contactId);
    if (contact !== undefined) {
      person.contacts.push({
        id: contactId,
        name: contact.name,
        ownerId: contact.ownerId,
        ownerName: contact.ownerName,
      });
    }
    byNumber.set(number, person);
  }
  return [...byNumber.values()];
}
