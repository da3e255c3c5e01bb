import { element } from "./element.ts";
import { nameOf, setDoNotDisturb, type Person } from "./people.ts";

/** One contact, with the switch that somebody in the CRM would use. */
export function contactDetail(person: Person): HTMLElement {
  const dnd = element("input", { type: "checkbox", role: "switch", "aria-label": "Do not disturb" });
  dnd.checked = person.dnd;
  const said = element("p", { role: "status" });
  dnd.addEventListener("change", () => {
    void setDoNotDisturb(person.id, dnd.checked).then(() => (said.textContent = "Saved."));
  });
  return element(
    "section",
    { class: "contact-detail" },
    element("h2", {}, nameOf(person)),
    field("contact.phone", "Phone", person.phone ?? ""),
    element("label", {}, dnd, " Do not disturb"),
    said,
  );
}

/** What is typed into is no attribute: as a page that is drawn by an application has it. */
function field(id: string, label: string, value: string): HTMLElement {
  const input = element("input", { type: "tel", readOnly: "" });
  input.value = value;
  return element("p", { id }, element("label", {}, `${label} `, input));
}
