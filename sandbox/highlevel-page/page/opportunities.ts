import { element } from "./element.ts";
import { nameOf, type Person } from "./people.ts";

const STAGES = ["New lead", "Contacted", "Closed"];
const CARDS = 9;

/** The pipeline: a column for each stage, a card for each deal, which names the contact it is with. */
export function opportunities(people: readonly Person[]): HTMLElement {
  const cards = people.slice(0, CARDS).map(card);
  const columns = STAGES.map((stage, index) =>
    element(
      "section",
      { class: "stage" },
      element("h2", {}, stage),
      ...cards.filter((_, place) => place % STAGES.length === index),
    ),
  );
  return element("div", { class: "board" }, ...columns);
}

function card(person: Person): HTMLElement {
  const box = element("input", { type: "checkbox", "aria-label": `Select ${nameOf(person)}` });
  return element(
    "div",
    { class: "deal", "data-contact-id": person.id },
    box,
    element("span", {}, `${nameOf(person)}’s house`),
  );
}
