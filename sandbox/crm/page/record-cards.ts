import type { CrmContact } from "../crm-contact.ts";
import { wordsOf } from "./crm-api.ts";
import { element } from "./element.ts";

/** The switch saves by itself, at once: no half-edited form can hold it back. */
export function createDoNotDisturbCard(setDoNotDisturb: (on: boolean) => Promise<unknown>) {
  const box = element("input", { type: "checkbox", role: "switch", id: "do-not-disturb" });
  const words = element("p", { class: "quiet", role: "status" });
  let busy = false;

  async function flip(): Promise<void> {
    busy = true;
    const wanted = box.checked;
    try {
      await setDoNotDisturb(wanted);
    } catch (error) {
      box.checked = !wanted;
      words.textContent = `Not changed: ${wordsOf(error)}`;
    } finally {
      busy = false;
    }
  }

  box.addEventListener("change", () => void flip());
  return {
    node: element(
      "section",
      { class: "card" },
      element("h2", {}, "Texting"),
      element("label", { class: "switch", for: "do-not-disturb" }, element("span", {}, "Do not disturb"), box),
      words,
    ),
    draw(contact: CrmContact): void {
      // While a flip is under way the box shows what was asked for, not what was last read.
      if (busy && box.checked !== isOn(contact)) return;
      box.checked = isOn(contact);
      box.disabled = contact.smsStatus === "permanent";
      words.textContent = wordsFor(contact);
    },
  };
}

function isOn(contact: CrmContact): boolean {
  return contact.doNotDisturb || contact.smsStatus !== "inactive";
}

function wordsFor(contact: CrmContact): string {
  if (contact.smsStatus === "permanent") return "The carrier blocks texts to this person. It cannot be lifted here.";
  if (!isOn(contact)) return "This person may be texted.";
  return contact.doNotDisturb ? "Nobody on the team may text this person." : "This person asked for no texts.";
}

export function createDeleteCard(remove: () => Promise<void>) {
  const question = element("h2", { id: "delete-question" });
  const words = element("p", { class: "failure", role: "status" });
  const confirm = element("button", { type: "button", class: "button danger" }, "Yes, delete");
  const cancel = element("button", { type: "button", class: "button" }, "Cancel");
  const dialog = element(
    "dialog",
    { "aria-labelledby": "delete-question" },
    question,
    element("p", {}, "Texts already sent stay where they are."),
    words,
    element("div", { class: "dialog-foot" }, cancel, confirm),
  );
  const open = element("button", { type: "button", class: "button danger-quiet" }, "Delete contact");

  async function onConfirm(): Promise<void> {
    confirm.disabled = true;
    try {
      await remove();
      dialog.close();
    } catch (error) {
      words.textContent = `Not deleted: ${wordsOf(error)}`;
    } finally {
      confirm.disabled = false;
    }
  }

  open.addEventListener("click", () => {
    words.textContent = "";
    dialog.showModal();
  });
  cancel.addEventListener("click", () => dialog.close());
  confirm.addEventListener("click", () => void onConfirm());
  return {
    node: element("section", { class: "card" }, element("h2", {}, "Record"), open, dialog),
    draw(name: string): void {
      question.textContent = `Delete ${name}?`;
    },
  };
}
