import { fetchPhones, findPerson, nameOf, type Party, type Phones } from "./carrier-client.ts";
import { element } from "./element.ts";
import { PhoneView } from "./phone-view.ts";

const PICKED_KEY = "picked-phones";

/** Puts up the handsets, keeps them current, and lets a person pick up another one. */
function boot(): void {
  const stand = byId("phones");
  const views = new Map<string, PhoneView>();
  let picked = (sessionStorage.getItem(PICKED_KEY) ?? "").split(" ").filter((number) => number !== "");

  const refresh = singly(async () => {
    const phones = await fetchPhones(picked);
    document.body.classList.remove("offline");
    showAbout(phones);
    showPeople(phones.people);
    showPhones(stand, views, phones);
  });

  byId("pick").addEventListener("submit", (event) => {
    event.preventDefault();
    const input = byId("pick-number") as HTMLInputElement;
    void findPerson(input.value).then((person) => {
      byId("pick-problem").textContent = person ? "" : "There is no phone of that name or number.";
      if (!person) return input.focus();
      input.value = "";
      picked = [...new Set([...picked, person.number])];
      sessionStorage.setItem(PICKED_KEY, picked.join(" "));
      return refresh().then(() => views.get(person.number)?.focus());
    });
  });

  const feed = new EventSource("/control/feed");
  feed.addEventListener("changed", () => void refresh());
  feed.addEventListener("error", () => document.body.classList.add("offline"));
}

function showPhones(stand: HTMLElement, views: Map<string, PhoneView>, { phones, businesses }: Phones): void {
  const gone = new Set(views.keys());
  // Handsets already on the table stay where they are: nothing moves under the hand that is about to press.
  const fresh = phones.filter((phone) => !views.has(phone.number)).toReversed();
  for (const phone of fresh) {
    const view = new PhoneView(phone, businesses);
    views.set(phone.number, view);
    if (phone.threads.length > 0) stand.prepend(view.root);
    else stand.append(view.root);
  }
  for (const phone of phones) {
    views.get(phone.number)?.update(phone);
    gone.delete(phone.number);
  }
  for (const number of gone) {
    views.get(number)?.root.remove();
    views.delete(number);
  }
}

function showAbout({ businesses, phones }: Phones): void {
  const ours = businesses.map((own) => nameOf(own)).join(", ");
  byId("about").textContent =
    phones.length === 0
      ? `No phone holds a text yet. Text a group from ${ours}, or pick up a phone and write first.`
      : `Simulated handsets on a simulated network. Business numbers: ${ours}.`;
}

function showPeople(people: readonly Party[]): void {
  const list = byId("people");
  if (list.childElementCount === people.length) return;
  list.replaceChildren(...people.map((one) => element("option", { value: one.label, label: nameOf(one) })));
}

/** One run at a time; what is asked for meanwhile is done once more at the end. */
function singly(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let again = false;
  const run = async (): Promise<void> => {
    do {
      again = false;
      await work().catch(() => document.body.classList.add("offline"));
    } while (again);
    running = null;
  };
  return () => {
    again = running !== null;
    running ??= run();
    return running;
  };
}

function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}.`);
  return found;
}

boot();
