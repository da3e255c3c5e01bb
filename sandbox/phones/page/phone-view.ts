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
    if (phone.threads.length === 0) this.#beginWithBusiness();
  }

  focus(): void {
    this.root.scrollIntoView({ block: "nearest" });
    this.root.focus();
  }

  update(phone: Phone): void {
    const news = phone.threads.find((thread) => !this.#phone.threads.some((known) => known.key === thread.key));
    this.#phone = phone;
    for (const thread of phone.threads) this.#begun.delete(thread.key);
    if (this.#open === null && !this.#listed) this.#open = (news ?? phone.threads[0])?.key ?? null;
    this.#draw();
  }

  #draw(): void {
    const threads = this.#allThreads();
    const open = threads.find((thread) => thread.key === this.#open);
    if (open) this.#drawThread(open, threads.length > 1);
    else this.#drawList(threads);
  }

  #drawThread(thread: Thread, several: boolean): void {
    const view = this.#viewOf(thread);
    view.update(thread, several);
    if (this.#drawn !== thread.key) this.#screen.replaceChildren(view.root);
    this.#drawn = thread.key;
    view.scrollToEnd();
  }

  #drawList(threads: Thread[]): void {
    this.#drawn = "";
    const rows = threads.map((thread) => {
      const last = thread.texts.at(-1);
      const row = element(
        "button",
        { type: "button", className: "row", onclick: () => this.#show(thread.key) },
        element("span", { className: "title", textContent: thread.title, dir: "auto" }),
        element("span", { className: "time", textContent: last ? timeOf(last.at) : "" }),
        element("span", { className: "last", textContent: last?.text ?? "New message", dir: "auto" }),
      );
      return element("li", {}, row);
    });
    this.#screen.replaceChildren(element("ul", { className: "threads" }, ...rows), this.#newMessage());
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
