/** What the content script read from the CRM page: honest about what it could not read. */
export interface Selection {
  /** The recipe that read it. */
  recipeId: string;
  /** One for each row whose box is on and that could be read, in page order, rows that scrolled away included. */
  rows: SelectedRow[];
  /** What the page itself says ("12 selected"); null where it says nothing. */
  claimed: number | null;
  /** Rows with a ticked box that yielded neither an id nor a phone. */
  unreadable: number;
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
  rows: [],
  claimed: null,
  unreadable: 0,
  recordUrl: null,
};
