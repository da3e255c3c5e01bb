import type { ContactList } from "../crm-contact.ts";
import { findSavedList, type ContactFilter } from "./contact-filter.ts";
import { element } from "./element.ts";
import { fillOwners } from "./owner-select.ts";

interface HeadMeans {
  onOwner: (owner: string) => void;
  onClear: () => void;
}

/** The line above the table: which list this is, how many are in it or ticked, and whose. */
export function createListHead(means: HeadMeans) {
  const title = element("h1", { id: "list-title" });
  const total = element("span", { class: "total" });
  const count = element("span", { class: "selection-count" });
  const clear = element("button", { type: "button", class: "button quiet", click: means.onClear }, "Clear selection");
  const bar = element("div", { class: "selection-bar", role: "status" });
  const owner = element("select", { id: "owner-filter" });
  owner.addEventListener("change", () => means.onOwner(owner.value));

  return {
    node: element(
      "div",
      { class: "list-head" },
      title,
      total,
      bar,
      element("label", { class: "field-inline", for: "owner-filter" }, "Owner", owner),
    ),
    draw(state: { filter: ContactFilter; owners: ContactList["owners"]; total: number | null }): void {
      title.textContent = findSavedList(state.filter.list).words;
      total.textContent = state.total === null ? "" : `${state.total.toLocaleString("en-US")} contacts`;
      fillOwners(owner, state.owners, [
        ["", "Everybody"],
        ["nobody", "Unassigned"],
      ]);
      owner.value = state.filter.owner;
    },
    drawSelected(selected: number): void {
      count.textContent = `${selected} selected`;
      if (selected === 0) bar.replaceChildren();
      else if (!bar.contains(count)) bar.replaceChildren(count, clear);
    },
  };
}
