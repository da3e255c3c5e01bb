import { button, element } from "./element.ts";
import { readPicture, type OutgoingPicture } from "./picture-file.ts";

type Send = (text: string, pictures: OutgoingPicture[]) => Promise<boolean>;

/** The reply box. Enter sends, Shift and Enter break the line; what could not be sent stays. */
export class Composer {
  readonly root: HTMLFormElement;
  #box: HTMLTextAreaElement;
  #pictures: OutgoingPicture[] = [];
  #held = element("p", { className: "held", hidden: true });
  #send: Send;

  constructor(label: string, send: Send) {
    this.#send = send;
    this.#box = element("textarea", { rows: 1, placeholder: "Text message", dir: "auto", maxLength: 1600 });
    this.#box.setAttribute("aria-label", label);
    this.#box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.root.requestSubmit();
    });
    const file = element("input", { type: "file", accept: "image/*,application/pdf", hidden: true });
    file.addEventListener("change", () => void this.#hold(file));
    const attach = button("+", "attach", () => file.click());
    attach.setAttribute("aria-label", "Send a picture");
    attach.title = "Send a picture";
    const submit = element("button", { type: "submit", className: "send", textContent: "↑", title: "Send" });
    submit.setAttribute("aria-label", "Send");
    this.root = element("form", { className: "composer" }, this.#held, attach, file, this.#box, submit);
    this.root.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#submit();
    });
  }

  focus(): void {
    this.#box.focus();
  }

  async #submit(): Promise<void> {
    const text = this.#box.value;
    if (text.trim() === "" && this.#pictures.length === 0) return;
    if (!(await this.#send(text, this.#pictures))) return;
    this.#box.value = "";
    this.#setPictures([]);
  }

  async #hold(file: HTMLInputElement): Promise<void> {
    const chosen = file.files?.[0];
    if (!chosen) return;
    this.#setPictures([await readPicture(chosen)]);
    this.#held.textContent = chosen.name;
    file.value = "";
    this.focus();
  }

  #setPictures(pictures: OutgoingPicture[]): void {
    this.#pictures = pictures;
    this.#held.hidden = pictures.length === 0;
  }
}
