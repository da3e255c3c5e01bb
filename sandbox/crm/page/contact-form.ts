import type { ContactEdit, ContactList } from "../crm-contact.ts";
import { createContactFields, type Editable } from "./contact-fields.ts";
import { wordsOf } from "./crm-api.ts";
import { element } from "./element.ts";

const BLANK: Editable = { name: "", ownerId: null, phones: [], tags: [] };

export interface ContactForm {
  node: HTMLElement;
  update(contact: Editable, owners: ContactList["owners"]): void;
}

/** The form of a record page. What somebody typed is never overwritten: a change from elsewhere is offered instead. */
export function createContactForm(save: (edit: ContactEdit) => Promise<void>): ContactForm {
  let known: Editable = BLANK;
  let filled = "";
  const fields = createContactFields(() => foot.draw(isChanged()));
  const stale = createStaleNote(fill);
  const foot = createFormFoot(fill);

  function isChanged(): boolean {
    return JSON.stringify(fields.read()) !== filled;
  }

  function fill(): void {
    fields.fill(known);
    filled = JSON.stringify(fields.read());
    stale.hidden = true;
    foot.draw(false);
  }

  async function submit(): Promise<void> {
    foot.draw(false, "Saving…");
    try {
      await save(fields.read());
      fill();
      foot.draw(false, "All changes are stored.");
    } catch (error) {
      foot.draw(true, `Not stored: ${wordsOf(error)}`);
    }
  }

  const onSubmit = (event: Event) => {
    event.preventDefault();
    void submit();
  };
  const title = element("h2", {}, "Details");
  const attributes = { class: "card contact-form", "aria-label": "Contact details", submit: onSubmit };
  fill();
  return {
    node: element("form", attributes, title, stale, ...fields.nodes, foot.node),
    update(contact, owners) {
      const untouched = !isChanged();
      fields.offerOwners(owners);
      if (contact === known) return;
      known = contact;
      if (untouched) fill();
      else stale.hidden = false;
    },
  };
}

function createStaleNote(onLoad: () => void): HTMLElement {
  return element(
    "p",
    { class: "stale", role: "status", hidden: true },
    "This contact was changed elsewhere while you were typing. ",
    element("button", { type: "button", class: "button quiet", click: () => onLoad() }, "Load it"),
  );
}

function createFormFoot(onDiscard: () => void) {
  const submit = element("button", { type: "submit", class: "button primary" }, "Save");
  const discard = element(
    "button",
    { type: "button", class: "button quiet", click: () => onDiscard() },
    "Discard changes",
  );
  const status = element("span", { class: "form-status", role: "status" });
  return {
    node: element("div", { class: "form-foot" }, submit, discard, status),
    draw(changed: boolean, words = ""): void {
      submit.disabled = !changed;
      discard.disabled = !changed;
      status.textContent = words;
    },
  };
}
