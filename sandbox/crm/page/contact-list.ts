import type { CrmContact } from "../crm-contact.ts";
import { applyFilter, filterHref, findSavedList, type ContactFilter } from "./contact-filter.ts";
import { createContactRow, type RowMeans } from "./contact-row.ts";
import type { ContactStore } from "./contact-store.ts";
import { element } from "./element.ts";
import { createListHead } from "./list-head.ts";
import { createListTable, ROW_HEIGHT } from "./list-table.ts";
import { nameOfOwner } from "./owner-select.ts";
import { createSelection } from "./selection.ts";
import { createVirtualRows } from "./virtual-rows.ts";

interface ListMeans {
  store: ContactStore;
  navigate: (href: string, how: "push" | "replace") => void;
}

export interface ContactListView {
  node: HTMLElement;
  title(): string;
  show(filter: ContactFilter): void;
  /** Puts the list back where it was scrolled to, once it is in the document again. */
  restoreScroll(): void;
}

/** The list of contacts: made once and kept, so that ticks and place survive a visit to a record. */
export function createContactList({ store, navigate }: ListMeans): ContactListView {
  let filter: ContactFilter = { list: "all", owner: "", query: "", sort: "activity" };
  let shown: CrmContact[] = [];
  let scrollTop = 0;

  const change = (part: Partial<ContactFilter>) => navigate(filterHref({ ...filter, ...part }), "replace");
  const selection = createSelection(drawSelection);
  const head = createListHead({ onOwner: (owner) => change({ owner }), onClear: () => selection.clear() });
  const table = createListTable({
    onSelectAll: (on) => selection.set(idsOf(shown), on),
    onSort: (sort) => change({ sort }),
  });
  const rowMeans: RowMeans = {
    isSelected: (id) => selection.has(id),
    ownerName: (ownerId) => nameOfOwner(store.current.owners, ownerId),
    onTick: (id, on, range) => selection.tick(id, on, range, shown),
  };
  const rows = createVirtualRows<CrmContact>({
    ...table,
    rowHeight: ROW_HEIGHT,
    keyOf: (contact) => contact.id,
    createRow: (contact) => createContactRow(contact, rowMeans),
  });
  table.scroller.addEventListener("scroll", () => (scrollTop = table.scroller.scrollTop), { passive: true });

  function drawSelection(): void {
    table.drawSelectAll(shown.filter((contact) => selection.has(contact.id)).length, shown.length);
    head.drawSelected(selection.size);
    rows.redraw();
  }

  return {
    node: element("section", { class: "contact-list", "aria-labelledby": "list-title" }, head.node, table.scroller),
    title: () => findSavedList(filter.list).words,
    show(next) {
      const { contacts, owners } = store.current;
      const moved = filterHref(next) !== filterHref(filter);
      filter = next;
      shown = applyFilter(contacts ?? [], filter);
      head.draw({ filter, owners, total: contacts === null ? null : shown.length });
      table.draw({ sort: filter.sort, total: shown.length, loading: contacts === null });
      if (moved) table.scroller.scrollTop = 0;
      rows.show(shown);
      selection.keepOnly(idsOf(contacts ?? []));
      drawSelection();
    },
    restoreScroll() {
      table.scroller.scrollTop = scrollTop;
      rows.redraw();
    },
  };
}

function idsOf(contacts: readonly CrmContact[]): Set<string> {
  return new Set(contacts.map((contact) => contact.id));
}
