import { nameOf, sendText, type Party, type Text, type Thread } from "./carrier-client.ts";
import { bubble } from "./bubble.ts";
import { Composer } from "./composer.ts";
import { button, element } from "./element.ts";
import { addPersonForm } from "./add-person.ts";

interface Ways {
  back: () => void;
  /** Opens the thread with exactly these others. */
  begin: (others: Party[]) => void;
}

/** An open thread: who is in it, what was said, and the ways to answer. */
export class ThreadView {
  readonly root: HTMLElement;
  #owner: Party;
  #thread: Thread;
  #shown = new Set<string>();
  #log = element("div", { className: "log", role: "log", tabIndex: 0 });
  #problem = element("p", { className: "problem", role: "alert" });
  #back: HTMLButtonElement;
  #composer: Composer;

  constructor(owner: Party, thread: Thread, ways: Ways) {
    this.#owner = owner;
    this.#thread = thread;
    this.#log.setAttribute("aria-label", `Thread with ${thread.title}`);
    // Pictures get their height late. Load events do not bubble, so they are caught on the way down.
    this.#log.addEventListener("load", () => this.scrollToEnd(), true);
    this.#back = button("‹", "back", ways.back);
    this.#back.setAttribute("aria-label", "All threads");
    this.#composer = new Composer(`Reply from ${owner.label} in ${thread.title}`, (text, pictures) =>
      this.#send(text, pictures),
    );
    this.root = element(
      "div",
      { className: "thread" },
      this.#header(thread),
      this.#log,
      this.#ways(thread, ways),
      this.#problem,
      this.#composer.root,
    );
  }

  /** `elsewhere` counts texts not yet seen in the handset's other threads; null when there is no other thread. */
  update(thread: Thread, elsewhere: number | null): void {
    this.#thread = thread;
    this.#back.hidden = elsewhere === null;
    this.#back.classList.toggle("news", elsewhere !== null && elsewhere > 0);
    this.#back.setAttribute("aria-label", elsewhere ? `All threads, ${elsewhere} new` : "All threads");
    const fresh = thread.texts.filter((text) => !this.#shown.has(text.id));
    for (const text of fresh) {
      this.#shown.add(text.id);
      this.#log.append(bubble(text, thread.others.length > 1, () => void this.#like(text)));
    }
    if (fresh.length > 0) this.scrollToEnd();
  }

  scrollToEnd(): void {
    this.#log.scrollTop = this.#log.scrollHeight;
  }

  focusReply(): void {
    this.#composer.focus();
  }

  #header(thread: Thread): HTMLElement {
    const count = thread.others.length + 1;
    const about = thread.others.length > 1 ? `${count} people` : "One to one";
    const names = thread.others.map((other, index) => {
      const comma = index < thread.others.length - 1 ? ", " : "";
      return element("span", { className: other.name === null ? "number" : "", textContent: nameOf(other) + comma });
    });
    const title = element("strong", { title: thread.title, dir: "auto" }, ...names);
    return element("header", {}, this.#back, element("div", {}, title, element("span", { textContent: about })));
  }

  #ways(thread: Thread, ways: Ways): HTMLElement {
    const alone = thread.others.length > 1 ? thread.others.filter((other) => other.business) : [];
    const add = addPersonForm((person) => ways.begin([...thread.others, person]));
    const stop = button("STOP", "chip stop", () => void this.#send("STOP", []));
    stop.setAttribute("aria-label", "Reply STOP");
    return element(
      "div",
      { className: "chips" },
      stop,
      ...alone.map((own) => button(`Only to ${nameOf(own)}`, "chip", () => ways.begin([own]))),
      add,
    );
  }

  async #like(text: Text): Promise<void> {
    await this.#send(text.text === "" ? "Liked an image" : `Liked “${text.text}”`, []);
  }

  /** True when the network took it. */
  async #send(text: string, pictures: { contentType: string; base64: string }[]): Promise<boolean> {
    const to = this.#thread.others.map((other) => other.number);
    try {
      await sendText(this.#owner.number, { to, text, pictures });
      this.#problem.textContent = "";
      return true;
    } catch (error) {
      this.#problem.textContent = error instanceof Error ? error.message : "Not sent.";
      return false;
    }
  }
}
