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
    element("p", {}, person.phone ?? "No phone"),
    element("label", {}, dnd, " Do not disturb"),
    said,
  );
}
