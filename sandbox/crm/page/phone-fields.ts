import type { ContactEdit, CrmContact } from "../crm-contact.ts";
import { element } from "./element.ts";

type Phone = CrmContact["phones"][number];

const MOST_PHONES = 11;
const LABELS = ["mobile", "home", "work", "assistant", "other"];

export interface PhoneFields {
  node: HTMLElement;
  fill(phones: readonly Phone[]): void;
  read(): ContactEdit["phones"];
}

/** The phones of a contact as a form: one line each, exactly one of them primary. */
export function createPhoneFields(onChange: () => void): PhoneFields {
  const lines = element("div", { class: "phone-lines" });
  const add = element("button", { type: "button", class: "button quiet" }, "Add phone");
  add.addEventListener("click", () => {
    const first = lines.childElementCount === 0;
    const line = createLine({ number: "", shown: "", label: "mobile", primary: first });
    lines.append(line);
    settle();
    line.querySelector("input")?.focus();
  });
  lines.addEventListener("input", onChange);

  function createLine(phone: Phone): HTMLElement {
    const line = element(
      "div",
      { class: "phone-line" },
      element("input", { type: "tel", class: "phone-number", required: true, maxlength: "40", autocomplete: "off" }),
      labelSelect(phone.label),
      element("label", { class: "primary-choice" }, element("input", { type: "radio", name: "primary" }), "Primary"),
      element("button", { type: "button", class: "button quiet remove", click: () => remove(line) }, "Remove"),
    );
    const number = line.querySelector("input");
    if (number) number.value = phone.shown;
    // What the directory has is written back unchanged unless somebody typed: `shown` is only its readable form.
    line.dataset["number"] = phone.number;
    line.dataset["shown"] = phone.shown;
    setPrimary(line, phone.primary);
    return line;
  }

  function remove(line: HTMLElement): void {
    line.remove();
    settle();
    add.focus();
  }

  /** Numbers the lines for screen readers and keeps one primary. */
  function settle(): void {
    const all = allLines(lines);
    for (const [index, line] of all.entries()) nameControls(line, index + 1);
    if (!all.some(isPrimary)) setPrimary(all[0], true);
    add.disabled = all.length >= MOST_PHONES;
    onChange();
  }

  return {
    node: element("fieldset", { class: "phones" }, element("legend", {}, "Phones"), lines, add),
    fill(phones) {
      lines.replaceChildren(...phones.map(createLine));
      settle();
    },
    read: () => allLines(lines).map(readLine),
  };
}

function labelSelect(label: string | null): HTMLSelectElement {
  const labels = label === null || LABELS.includes(label) ? LABELS : [label, ...LABELS];
  const options = ["", ...labels].map((value) => element("option", { value }, value || "no label"));
  const select = element("select", { class: "phone-label" }, ...options);
  select.value = label ?? "";
  return select;
}

function allLines(lines: HTMLElement): HTMLElement[] {
  return [...lines.querySelectorAll<HTMLElement>(".phone-line")];
}

function nameControls(line: HTMLElement, place: number): void {
  line.querySelector(".phone-number")?.setAttribute("aria-label", `Phone ${place}`);
  line.querySelector(".phone-label")?.setAttribute("aria-label", `Label of phone ${place}`);
  line.querySelector('[type="radio"]')?.setAttribute("aria-label", `Phone ${place} is primary`);
  line.querySelector(".remove")?.setAttribute("aria-label", `Remove phone ${place}`);
}

function isPrimary(line: HTMLElement): boolean {
  return line.querySelector<HTMLInputElement>('[type="radio"]')?.checked ?? false;
}

function setPrimary(line: HTMLElement | undefined, primary: boolean): void {
  const radio = line?.querySelector<HTMLInputElement>('[type="radio"]');
  if (radio) radio.checked = primary;
}

function readLine(line: HTMLElement): ContactEdit["phones"][number] {
  const typed = line.querySelector<HTMLInputElement>(".phone-number")?.value.trim() ?? "";
  const number = typed === line.dataset["shown"] ? (line.dataset["number"] ?? typed) : typed;
  const label = line.querySelector<HTMLSelectElement>(".phone-label")?.value || null;
  return { number, label, primary: isPrimary(line) };
}
