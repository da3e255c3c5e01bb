import type { ContactEdit, ContactList, CrmContact } from "../crm-contact.ts";
import { wordsOf } from "./contact-store.ts";
import { element } from "./element.ts";
import { fillOwners } from "./owner-select.ts";
import { createPhoneFields } from "./phone-fields.ts";

type Editable = Pick<CrmContact, "name" | "ownerId" | "phones" | "tags">;

const BLANK: Editable = { name: "", ownerId: null, phones: [], tags: [] };

/** The form of a record page. What somebody typed is never overwritten: a change from elsewhere is offered instead. */
export function createContactForm(save: (edit: ContactEdit) => Promise<void>) {
  const name = element("input", { id: "contact-name", maxlength: "200", autocomplete: "off", dir: "auto" });
  const owner = element("select", { id: "contact-owner" });
  const tags = element("input", { id: "contact-tags", autocomplete: "off", placeholder: "buyer, open house" });
  const submit = element("button", { type: "submit", class: "button primary" }, "Save");
  const discard = element("button", { type: "button", class: "button quiet" }, "Discard changes");
  const status = element("span", { class: "form-status", role: "status" });
  const stale = element("p", { class: "stale", role: "status", hidden: true });
  const load = element("button", { type: "button", class: "button quiet" }, "Load it");
  stale.append("This contact was changed elsewhere while you were typing. ", load);
  let known: Editable = BLANK;
  let filled = "";

  const read = (): ContactEdit => ({
    name: name.value.trim(),
    ownerId: owner.value || null,
    phones: phones.read(),
    tags: [...new Set(tags.value.split(",").map((tag) => tag.trim().slice(0, 60)))].filter(Boolean),
  });
  const isChanged = () => JSON.stringify(read()) !== filled;
  const drawButtons = () => {
    submit.disabled = discard.disabled = !isChanged();
  };
  const phones = createPhoneFields(() => {
    status.textContent = "";
    drawButtons();
  });

  function fill(): void {
    name.value = known.name;
    ensureOption(owner, known.ownerId);
    owner.value = known.ownerId ?? "";
    tags.value = known.tags.join(", ");
    phones.fill(known.phones);
    filled = JSON.stringify(read());
    stale.hidden = true;
    drawButtons();
  }

  async function onSubmit(event: Event): Promise<void> {
    event.preventDefault();
    submit.disabled = true;
    status.textContent = "Saving…";
    try {
      await save(read());
      fill();
      status.textContent = "All changes are stored.";
    } catch (error) {
      status.textContent = `Not stored: ${wordsOf(error)}`;
      drawButtons();
    }
  }

  discard.addEventListener("click", fill);
  load.addEventListener("click", fill);
  const node = element(
    "form",
    { class: "card contact-form", "aria-label": "Contact details", submit: (event) => void onSubmit(event) },
    element("h2", {}, "Details"),
    stale,
    field("contact-name", "Name", name),
    phones.node,
    field("contact-owner", "Owner", owner),
    field("contact-tags", "Tags", tags),
    element("div", { class: "form-foot" }, submit, discard, status),
  );
  node.addEventListener("input", () => {
    status.textContent = "";
    drawButtons();
  });

  fill();
  return {
    node,
    isChanged,
    update(contact: Editable, owners: ContactList["owners"]): void {
      const untouched = !isChanged();
      fillOwners(owner, owners, [["", "Unassigned"]]);
      if (contact === known) return;
      known = contact;
      if (untouched) fill();
      else stale.hidden = false;
    },
  };
}

/** A value that no option has would silently become empty, and be saved so. */
function ensureOption(select: HTMLSelectElement, value: string | null): void {
  if (value === null || [...select.options].some((option) => option.value === value)) return;
  select.append(element("option", { value }, value));
}

function field(id: string, words: string, control: HTMLElement): HTMLElement {
  return element("div", { class: "field" }, element("label", { for: id }, words), control);
}
