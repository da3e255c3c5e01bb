import { findPerson, type Party } from "./carrier-client.ts";
import { button, element } from "./element.ts";

/** Adding somebody on a phone makes a new thread: the set of people is the thread. */
export function addPersonForm(add: (person: Party) => void): HTMLElement {
  const input = element("input", { type: "text", placeholder: "Name or number", autocomplete: "off" });
  input.setAttribute("aria-label", "Name or number of the person to add");
  input.setAttribute("list", "people");
  const problem = element("p", { className: "problem", role: "alert" });
  const form = element(
    "form",
    { className: "add-person", hidden: true },
    input,
    element("button", { type: "submit", className: "chip", textContent: "Add" }),
    problem,
  );
  const opener = button("Add a person", "chip", () => {
    form.hidden = !form.hidden;
    if (!form.hidden) input.focus();
  });
  const submit = async (): Promise<void> => {
    const person = await findPerson(input.value);
    problem.textContent = person ? "" : "There is no phone of that name or number.";
    if (!person) return;
    form.hidden = true;
    input.value = "";
    add(person);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void submit();
  });
  return element("span", { className: "adding" }, opener, form);
}
