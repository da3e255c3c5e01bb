import type { CrmAccount } from "@partyline/domain/crm-account";

/** What the content script read from the CRM page: honest about what it could not read. */
export interface Selection {
  /** The recipe that read it. */
  recipeId: string;
  /** Whose page it is; null where its address does not say. */
  account: CrmAccount | null;
  /** One for each row whose box is on and that could be read, in page order, rows that scrolled away included. */
  rows: SelectedRow[];
  /** What the page itself says ("12 selected"); null where it says nothing. */
  claimed: number | null;
  /** The page has selected every result of a query, more than the rows it has loaded. */
  everything: boolean;
  /** What rows with a ticked box say that yielded neither an id nor a phone; null for one that says nothing. */
  unreadable: (string | null)[];
  /** Boxes are ticked, but not one row could be read: the page is not as the recipe says any more. */
  changed: boolean;
  /** This browser does not understand the recipe, so nothing was read at all. */
  unusable: boolean;
  /** Where this CRM shows a contact, with `{id}` for its id; null where nobody knows. */
  recordUrl: string | null;
}

export interface SelectedRow {
  /** The CRM's own id of the contact, where the page has it. */
  contactId: string | null;
  /** Texts of the page, only a fallback for what the directory does not know. */
  name: string | null;
  phone: string | null;
}

export const NOTHING_SELECTED: Selection = {
  recipeId: "none",
  account: null,
  rows: [],
  claimed: null,
  everything: false,
  unreadable: [],
  changed: false,
  unusable: false,
  recordUrl: null,
};

/** What the page shows as selected, whether or not it could be read. */
export function selectedCount({ claimed, rows, unreadable }: Selection): number {
  return Math.max(claimed ?? 0, rows.length + unreadable.length);
}
