import type { CrmContact } from "../crm-contact.ts";
import { avatarHue, displayName, doNotDisturbWords, initials, timeAgo } from "./contact-words.ts";
import { element } from "./element.ts";
import { isLocalRow } from "./local-rows.ts";

export interface RowMeans {
  isSelected: (id: string) => boolean;
  ownerName: (ownerId: string | null) => string;
  onTick: (id: string, on: boolean, range: boolean) => void;
}

/** One row of the list; its cells are drawn again only when the contact itself changed. */
export function createContactRow(contact: CrmContact, means: RowMeans) {
  const box = element("input", { type: "checkbox" });
  const cells = ["name", "phone", "owner", "tags", "status", "activity"].map((column) =>
    element("div", { role: "cell", class: `cell-${column}` }),
  );
  const node = element(
    "div",
    { role: "row", class: "contact-row", "data-contact-id": contact.id },
    element("div", { role: "cell", class: "cell-select" }, element("label", { class: "tick" }, box)),
    ...cells,
  );
  box.addEventListener("click", (event) => means.onTick(contact.id, box.checked, event.shiftKey));
  let drawn: { contact: CrmContact; owner: string } | null = null;
  return {
    node,
    update(next: CrmContact, index: number): void {
      const owner = means.ownerName(next.ownerId);
      box.checked = means.isSelected(next.id);
      // The header is row 1.
      node.setAttribute("aria-rowindex", String(index + 2));
      if (drawn?.contact === next && drawn.owner === owner) return;
      drawn = { contact: next, owner };
      box.setAttribute("aria-label", `Select ${displayName(next)}`);
      for (const [place, content] of contentOf(next, owner).entries()) cells[place]?.replaceChildren(...content);
    },
  };
}

/** In the order of the columns. */
function contentOf(contact: CrmContact, owner: string): (Node | string)[][] {
  return [
    nameContent(contact),
    phoneContent(contact),
    [owner],
    contact.tags.map((tag) => element("span", { class: "tag" }, tag)),
    statusContent(contact),
    activityContent(contact),
  ];
}

function nameContent(contact: CrmContact): Node[] {
  const avatar = element("span", { class: "avatar", "aria-hidden": "true" }, initials(contact));
  avatar.style.setProperty("--hue", avatarHue(contact.id));
  const name = displayName(contact);
  const link = element("a", { class: "contact-name", href: `/contacts/${contact.id}`, dir: "auto", title: name }, name);
  link.classList.toggle("unnamed", name !== contact.name);
  return [avatar, link];
}

function phoneContent(contact: CrmContact): Node[] {
  const primary = contact.phones.find((phone) => phone.primary) ?? contact.phones[0];
  if (!primary) return [element("span", { class: "quiet" }, isLocalRow(contact.id) ? "—" : "No phone")];
  const content = [element("span", { class: "number" }, primary.shown)];
  if (primary.label) content.push(element("span", { class: "quiet" }, primary.label));
  const others = contact.phones.filter((phone) => phone !== primary);
  if (others.length > 0) {
    const title = others.map((phone) => `${phone.shown} ${phone.label ?? ""}`.trim()).join(", ");
    content.push(element("span", { class: "more", title }, `+${others.length}`));
  }
  return content;
}

function statusContent(contact: CrmContact): Node[] {
  if (isLocalRow(contact.id)) return [element("span", { class: "chip local" }, "Not in directory")];
  const words = doNotDisturbWords(contact);
  return words ? [element("span", { class: "chip dnd" }, words)] : [element("span", { class: "chip ok" }, "Active")];
}

function activityContent({ activity }: CrmContact): Node[] {
  if (!activity) return [element("span", { class: "quiet" }, "—")];
  const at = element("time", { datetime: activity.at, class: "quiet" }, timeAgo(activity.at, Date.now()));
  return [element("span", { class: "what" }, activity.what), at];
}
