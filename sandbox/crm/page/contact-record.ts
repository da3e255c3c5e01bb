import type { CrmContact } from "../crm-contact.ts";
import { createContactForm } from "./contact-form.ts";
import type { ContactStore } from "./contact-store.ts";
import { avatarHue, displayName, initials } from "./contact-words.ts";
import { element } from "./element.ts";
import { isLocalRow } from "./local-rows.ts";
import { nameOfOwner } from "./owner-select.ts";
import { createDeleteCard, createDoNotDisturbCard } from "./record-cards.ts";

interface RecordMeans {
  /** `new` is the form of a contact that does not exist yet. */
  id: string;
  store: ContactStore;
  listHref: string;
  leave: (href: string, words: string) => void;
}

export interface ContactRecordView {
  id: string;
  node: HTMLElement;
  title(): string;
  /** Called whenever the contacts were read again. */
  update(): void;
}

export function createContactRecord(means: RecordMeans): ContactRecordView {
  const back = element("a", { class: "back", href: means.listHref }, "← Contacts");
  return means.id === "new" ? createNewRecord(means, back) : createKnownRecord(means, back);
}

function createNewRecord({ id, store, leave }: RecordMeans, back: HTMLElement): ContactRecordView {
  const form = createContactForm(async (edit) => {
    const contact = await store.create(edit);
    leave(`/contacts/${contact.id}`, "");
  });
  const heading = element("h1", {}, "New contact");
  const blank = { name: "", ownerId: null, phones: [], tags: [] };
  return {
    id,
    node: element("article", { class: "record" }, back, element("header", {}, heading), form.node),
    title: () => "New contact",
    update: () => form.update(blank, store.current.owners),
  };
}

function createKnownRecord({ id, store, listHref, leave }: RecordMeans, back: HTMLElement): ContactRecordView {
  const current = () => store.current.contacts?.find((contact) => contact.id === id);
  const head = element("header", {});
  const form = createContactForm(async (edit) => void (await store.save(id, edit)));
  const doNotDisturb = createDoNotDisturbCard((on) => store.setDoNotDisturb(id, on));
  const removal = createDeleteCard(async () => {
    const name = nameNow();
    await store.remove(id);
    leave(listHref, `${name} was deleted.`);
  });
  const missing = element("p", { class: "empty" });
  const side = element("div", { class: "record-side" }, doNotDisturb.node, removal.node);
  const columns = element("div", { class: "record-columns" }, form.node, side);
  const node = element("article", { class: "record" }, back, head, columns, missing);

  function nameNow(): string {
    const contact = current();
    return contact ? displayName(contact) : "Contact";
  }

  return {
    id,
    node,
    title: nameNow,
    update() {
      const contact = current();
      const local = isLocalRow(id);
      head.hidden = !contact;
      columns.hidden = !contact || local;
      missing.hidden = contact !== undefined && !local;
      missing.textContent = local
        ? "This row was made for measuring and exists only in the list."
        : missingWords(store);
      if (!contact) return;
      drawHead(head, contact, nameOfOwner(store.current.owners, contact.ownerId));
      form.update(contact, store.current.owners);
      doNotDisturb.draw(contact);
      removal.draw(displayName(contact));
    },
  };
}

function missingWords(store: ContactStore): string {
  return store.current.contacts === null
    ? "Loading…"
    : "There is no such contact: it was deleted, or the address is wrong.";
}

function drawHead(head: HTMLElement, contact: CrmContact, owner: string): void {
  const avatar = element("span", { class: "avatar large", "aria-hidden": "true" }, initials(contact));
  avatar.style.setProperty("--hue", avatarHue(contact.id));
  const primary = contact.phones.find((phone) => phone.primary);
  const facts = [primary?.shown, `Owner: ${owner}`, contact.activity?.what].filter((fact) => fact !== undefined);
  head.replaceChildren(
    avatar,
    element(
      "div",
      {},
      element("h1", { dir: "auto" }, displayName(contact)),
      element("p", { class: "quiet" }, facts.join("  ·  ")),
    ),
  );
}
