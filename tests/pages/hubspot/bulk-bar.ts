import { element } from "../shared/element.ts";
import { TOTAL } from "./people.ts";

/** What is said above the table once a box is on: how many, and the way to every record of the view. */
export function bulkBar(clear: () => void) {
  const node = element("div", { class: "bar", "data-test-id": "bulk-actions-bar", hidden: "" });
  const total = TOTAL.toLocaleString("en-US");

  function sayAll(): void {
    const undo = element("button", { type: "button" }, "Clear selection");
    undo.addEventListener("click", clear);
    node.replaceChildren(element("span", {}, `All ${total} contacts selected`), undo);
  }

  return {
    node,
    show(count: number, isWholePage: boolean): void {
      node.hidden = count === 0;
      const every = element("button", { type: "button" }, `Select all ${total} contacts`);
      every.addEventListener("click", sayAll);
      node.replaceChildren(
        ...(count === 0 ? [] : [element("span", {}, `${count} selected`)]),
        ...(isWholePage ? [every] : []),
        element("button", { type: "button" }, "Assign"),
      );
    },
  };
}
