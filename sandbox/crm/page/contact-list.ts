import type { CrmContact } from "../crm-contact.ts";
import { applyFilter, filterHref, findSavedList, type ContactFilter } from "./contact-filter.ts";
import { createContactRow } from "./contact-row.ts";
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
  let lastTicked: string | null = null;
  let scrollTop = 0;

  const change = (part: Partial<ContactFilter>) => navigate(filterHref({ ...filter, ...part }), "replace");
  const selection = createSelection(drawSelection);
  const head = createListHead({
    onOwner: (owner) => change({ owner }),
    onClear: () => selection.set([...allIds()], false),
  });
  const table = createListTable({
    onSelectAll: (on) =>
      selection.set(
        shown.map((contact) => contact.id),
        on,
      ),
    onSort: (sort) => change({ sort }),
  });
  const rows = createVirtualRows<CrmContact>({
    scroller: table.scroller,
    body: table.body,
    rowHeight: ROW_HEIGHT,
    keyOf: (contact) => contact.id,
    createRow: (contact) =>
      createContactRow(contact, {
        isSelected: (id) => selection.has(id),
        ownerName: (ownerId) => nameOfOwner(store.current.owners, ownerId),
        onTick: (id, on, range) => tick(id, on, range),
      }),
  });
  table.scroller.addEventListener("scroll", () => (scrollTop = table.scroller.scrollTop), { passive: true });

  function allIds(): Set<string> {
    return new Set(store.current.contacts?.map((contact) => contact.id));
  }

  /** With Shift held, everybody between the last ticked row and this one follows. */
  function tick(id: string, on: boolean, range: boolean): void {
    const from = range ? shown.findIndex((contact) => contact.id === lastTicked) : -1;
    const to = shown.findIndex((contact) => contact.id === id);
    const ticked = from < 0 ? [id] : shown.slice(Math.min(from, to), Math.max(from, to) + 1).map((each) => each.id);
    lastTicked = id;
    selection.set(ticked, on);
  }

  function drawSelection(): void {
    const ticked = shown.filter((contact) => selection.has(contact.id)).length;
    table.drawSelectAll(ticked, shown.length);
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
      selection.keepOnly(allIds());
      head.draw({ filter, owners, total: contacts === null ? null : shown.length });
      table.draw({ sort: filter.sort, total: shown.length, loading: contacts === null });
      if (moved) table.scroller.scrollTop = 0;
      rows.show(shown);
      drawSelection();
    },
    restoreScroll() {
      table.scroller.scrollTop = scrollTop;
      rows.redraw();
    },
  };
}
