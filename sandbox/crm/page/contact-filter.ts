import type { CrmContact } from "../crm-contact.ts";
import { displayName, doNotDisturbWords } from "./contact-words.ts";

export type Sort = "activity" | "name";

/** What the list shows, as the address has it: a copied address opens the same list. */
export interface ContactFilter {
  list: string;
  /** A CRM user's id, `nobody`, or empty for everybody's. */
  owner: string;
  query: string;
  sort: Sort;
}

interface SavedList {
  id: string;
  words: string;
  holds: (contact: CrmContact) => boolean;
}

const tagged = (tag: string) => (contact: CrmContact) => contact.tags.includes(tag);

export const SAVED_LISTS: readonly { title: string; lists: readonly SavedList[] }[] = [
  {
    title: "Contacts",
    lists: [
      { id: "all", words: "All contacts", holds: () => true },
      { id: "unassigned", words: "Unassigned", holds: (contact) => contact.ownerId === null },
      { id: "dnd", words: "Do not disturb", holds: (contact) => doNotDisturbWords(contact) !== null },
    ],
  },
  {
    title: "Pipelines",
    lists: [
      { id: "buyers", words: "Buyers", holds: tagged("buyer") },
      { id: "sellers", words: "Sellers", holds: tagged("seller") },
      { id: "leads", words: "Leads", holds: tagged("lead") },
      { id: "investors", words: "Investors", holds: tagged("investor") },
    ],
  },
  {
    title: "Network",
    lists: [
      { id: "past-clients", words: "Past clients", holds: tagged("past client") },
      { id: "vendors", words: "Vendors", holds: tagged("vendor") },
      { id: "oak-street", words: "Oak Street closing", holds: tagged("oak street") },
    ],
  },
];

export function findSavedList(id: string): SavedList {
  const lists = SAVED_LISTS.flatMap((group) => group.lists);
  return lists.find((list) => list.id === id) ?? { id: "all", words: "All contacts", holds: () => true };
}

export function readFilter(search: string): ContactFilter {
  const params = new URLSearchParams(search);
  return {
    list: params.get("list") ?? "all",
    owner: params.get("owner") ?? "",
    query: params.get("query") ?? "",
    sort: params.get("sort") === "name" ? "name" : "activity",
  };
}

export function filterHref(filter: ContactFilter): string {
  const params = new URLSearchParams();
  if (filter.list !== "all") params.set("list", filter.list);
  if (filter.owner) params.set("owner", filter.owner);
  if (filter.query) params.set("query", filter.query);
  if (filter.sort !== "activity") params.set("sort", filter.sort);
  const query = params.toString();
  return query ? `/contacts?${query}` : "/contacts";
}

/** The contacts arrive in the order of their last activity. */
export function applyFilter(contacts: readonly CrmContact[], filter: ContactFilter): CrmContact[] {
  const list = findSavedList(filter.list);
  const matches = matcher(filter.query);
  const shown = contacts.filter(
    (contact) => list.holds(contact) && isOwnedBy(contact, filter.owner) && matches(contact),
  );
  if (filter.sort === "name") shown.sort((one, other) => displayName(one).localeCompare(displayName(other)));
  return shown;
}

function isOwnedBy(contact: CrmContact, owner: string): boolean {
  return owner === "" || contact.ownerId === (owner === "nobody" ? null : owner);
}

function matcher(query: string): (contact: CrmContact) => boolean {
  const text = query.trim().toLocaleLowerCase();
  if (text === "") return () => true;
  const digits = /^[\d\s()+.-]+$/.test(text) ? text.replaceAll(/\D/g, "") : "";
  return (contact) =>
    displayName(contact).toLocaleLowerCase().includes(text) ||
    contact.tags.some((tag) => tag.toLocaleLowerCase().includes(text)) ||
    (digits !== "" && contact.phones.some((phone) => phone.number.replaceAll(/\D/g, "").includes(digits)));
}
