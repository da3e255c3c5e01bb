import { nameOf, type Party, type Phone, type Thread } from "./carrier-client.ts";
import { button, element } from "./element.ts";
import { ThreadView } from "./thread-view.ts";
import { timeOf } from "./time.ts";

/** One handset: a list of threads when there are several, and the open thread. */
export class PhoneView {
  readonly root: HTMLElement;
  #phone: Phone;
  #businesses: readonly Party[];
  #screen = element("div", { className: "screen" });
  #threads = new Map<string, ThreadView>();
  /** Threads begun on this handset that hold no text yet. */
  #begun = new Map<string, Party[]>();
  /** How many texts of each thread have been on the screen. */
  #seen = new Map<string, number>();
  #open: string | null = null;
  #listed = false;
  #drawn = "";

  constructor(phone: Phone, businesses: readonly Party[]) {
    this.#phone = phone;
    this.#businesses = businesses;
    const heading = element(
      "h2",
      {},
      element("span", { className: "owner", textContent: phone.name ?? phone.label, dir: "auto" }),
      element("span", { className: "number", textContent: phone.name === null ? "" : phone.label }),
    );
    this.root = element("article", { className: "phone", tabIndex: -1 }, heading, this.#screen);
    const name = phone.name === null ? "" : `, ${phone.name}`;
    this.root.setAttribute("aria-label", `Phone ${phone.label}${name}`);
    // What was there before the page opened has been seen.
    for (const thread of phone.threads) this.#seen.set(thread.key, thread.texts.length);
    if (phone.threads.length === 0) this.#beginWithBusiness();
  }

  focus(): void {
    this.root.scrollIntoView({ block: "nearest" });
    this.root.focus();
  }

  update(phone: Phone): void {
    this.#phone = phone;
    for (const thread of phone.threads) this.#begun.delete(thread.key);
    if (this.#open === null && !this.#listed) this.#open = phone.threads[0]?.key ?? null;
    this.#draw();
  }

  #draw(): void {
    const threads = this.#allThreads();
    const open = threads.find((thread) => thread.key === this.#open);
    if (open) this.#drawThread(open, threads);
    else this.#drawList(threads);
  }

  #drawThread(thread: Thread, threads: Thread[]): void {
    const view = this.#viewOf(thread);
    this.#seen.set(thread.key, thread.texts.length);
    const elsewhere = threads.reduce((sum, other) => sum + this.#unseen(other), 0);
    view.update(thread, threads.length > 1 ? elsewhere : null);
    if (this.#drawn === thread.key) return;
    this.#drawn = thread.key;
    this.#screen.replaceChildren(view.root);
    view.scrollToEnd();
  }

  #unseen(thread: Thread): number {
    return thread.texts.length - (this.#seen.get(thread.key) ?? 0);
  }

  #drawList(threads: Thread[]): void {
    this.#drawn = "";
    const focused =
      document.activeElement instanceof HTMLElement ? document.activeElement.dataset["thread"] : undefined;
    const rows = threads.map((thread) => this.#row(thread));
    const list = element("ul", { className: "threads" }, ...rows.map((row) => element("li", {}, row)));
    const held = this.#screen.contains(document.activeElement);
    this.#screen.replaceChildren(list, this.#newMessage());
    // Redrawing must not take the focus away from whoever is choosing.
    if (held) rows.find((row) => row.dataset["thread"] === focused)?.focus();
  }

  #row(thread: Thread): HTMLButtonElement {
    const last = thread.texts.at(-1);
    const row = element(
      "button",
      {
        type: "button",
        className: this.#unseen(thread) > 0 ? "row news" : "row",
        onclick: () => this.#show(thread.key),
      },
      element("span", { className: "title", textContent: thread.title, dir: "auto" }),
      element("span", { className: "time", textContent: last ? timeOf(last.at) : "" }),
      element("span", { className: "last", textContent: last ? lineOf(last.text) : "New message", dir: "auto" }),
    );
    row.dataset["thread"] = thread.key;
    return row;
  }

  #newMessage(): HTMLElement {
    const choices = this.#businesses.map((own) => button(`Text ${nameOf(own)}`, "chip", () => this.#begin([own])));
    return element("div", { className: "chips" }, ...choices);
  }

  #viewOf(thread: Thread): ThreadView {
    const known = this.#threads.get(thread.key);
    if (known) return known;
    const view = new ThreadView(this.#phone, thread, {
      back: () => this.#show(null),
      begin: (others) => this.#begin(others),
    });
    this.#threads.set(thread.key, view);
    return view;
  }

  #show(key: string | null): void {
    this.#open = key;
    this.#listed = key === null;
    this.#draw();
    if (key !== null) this.#threads.get(key)?.focusReply();
    else this.#screen.querySelector("button")?.focus();
  }

  #begin(others: Party[]): void {
    const key = keyOf(this.#phone, others);
    if (!this.#phone.threads.some((thread) => thread.key === key)) this.#begun.set(key, others);
    this.#show(key);
  }

  #beginWithBusiness(): void {
    const [own] = this.#businesses;
    if (!own || this.#businesses.length > 1) return;
    this.#open = keyOf(this.#phone, [own]);
    this.#begun.set(this.#open, [own]);
  }

  #allThreads(): Thread[] {
    const begun = [...this.#begun].map(([key, others]) => ({ key, title: titleOf(others), others, texts: [] }));
    return [...begun, ...this.#phone.threads];
  }
}

/** The same key the network gives an address set. */
function keyOf(phone: Party, others: readonly Party[]): string {
  return [phone, ...others]
    .map((party) => party.number)
    .toSorted()
    .join(",");
}

function titleOf(others: readonly Party[]): string {
  return others.map((party) => nameOf(party)).join(", ");
}

function lineOf(text: string): string {
  return text === "" ? "Picture" : text;
}
