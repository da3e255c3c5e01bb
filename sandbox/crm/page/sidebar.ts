import type { CrmContact } from "../crm-contact.ts";
import { SAVED_LISTS } from "./contact-filter.ts";
import { element } from "./element.ts";

/** The saved lists with how many contacts each holds; `current` is null away from the list. */
export function drawSidebar(sidebar: HTMLElement, contacts: readonly CrmContact[], current: string | null): void {
  const focused = document.activeElement?.getAttribute("href");
  sidebar.replaceChildren(
    ...SAVED_LISTS.map((group) =>
      element(
        "section",
        {},
        element("h2", {}, group.title),
        ...group.lists.map((list) => {
          const count = contacts.filter((contact) => list.holds(contact)).length;
          const href = list.id === "all" ? "/contacts" : `/contacts?list=${list.id}`;
          const link = element(
            "a",
            { href },
            element("span", {}, list.words),
            element("span", { class: "count" }, String(count)),
          );
          if (list.id === current) link.setAttribute("aria-current", "page");
          return link;
        }),
      ),
    ),
  );
  if (focused) sidebar.querySelector<HTMLElement>(`a[href="${CSS.escape(focused)}"]`)?.focus();
}
