import { element } from "./element.ts";
import { locationPath, nameOf, type Person } from "./people.ts";

const SHOWN = 8;

/** The conversations beside the one that stands open. */
export function conversations(people: readonly Person[], openId: string | null): HTMLElement {
  const cards = people.slice(0, SHOWN).map((person) => card(person, conversationId(person) === openId));
  return element("div", { class: "conversations" }, element("div", { class: "conversation-list" }, ...cards));
}

function conversationId({ id }: Person): string {
  return `cnv${id.slice(3)}`;
}

function card(person: Person, isOpen: boolean): HTMLElement {
  const id = conversationId(person);
  const box = element("input", {
    type: "checkbox",
    id: `conversation-card-checkbox-${id}`,
    "aria-label": `Select ${nameOf(person)}`,
  });
  return element(
    "div",
    {
      class: "conversation-card",
      "data-conversation-id": id,
      "data-is-active": String(isOpen),
      contactid: person.id,
      locationid: locationPath().split("/").at(-1) ?? "",
      fullname: nameOf(person),
    },
    box,
    element("a", { href: `${locationPath()}/conversations/conversations/${id}` }, nameOf(person)),
  );
}
