import { ContactsResolve, type ContactsResolved } from "@partyline/contract/contact";
import { normalisePhone } from "@partyline/domain/phone-number";
import { expect, test } from "vitest";
import { lookUpRows, type PersonRow } from "../../../utils/models/contact-lookup.ts";
import type { SelectedRow } from "../../../utils/selection.ts";
import { contact, DANA, LUIS, TOM } from "./panel-world.ts";

const PEOPLE = [DANA, LUIS, TOM, contact("c-mia", "Mia Rossi", "(415) 555-0142")];

/** A directory that refuses what the wire does not allow, as the backend does. */
async function resolve(asked: Partial<ContactsResolve>): Promise<{ ok: true; value: ContactsResolved }> {
  const { ids, phones } = ContactsResolve.parse(asked);
  const sharing = (phone: string) =>
    PEOPLE.filter((one) => one.phones.some(({ number }) => normalisePhone(number) === normalisePhone(phone)));
  const byPhone = phones.map((phone) => ({ phone, contactIds: sharing(phone).map(({ id }) => id) }));
  const found = PEOPLE.filter(
    ({ id }) => ids.includes(id) || byPhone.some(({ contactIds }) => contactIds.includes(id)),
  );
  return { ok: true, value: { contacts: found, byPhone, unknownIds: [], unknownPhones: [], unreadable: [] } };
}

async function namesOf(...rows: Partial<PersonRow>[]): Promise<(string | null)[]> {
  const whole = rows.map((row) => ({ contactId: null, name: null, phone: null, ...row }));
  const found = await lookUpRows({ resolve_contacts: resolve }, { rows: whole, account: null });
  if (!found.ok) throw new Error("the directory was not asked");
  return found.value.map((person) => person.contact?.name ?? null);
}

test.each<[string, Partial<SelectedRow>, string | null]>([
  ["an id alone", { contactId: "c-dana" }, "Dana Wu"],
  ["an id and a name that was written otherwise", { contactId: "c-dana", name: "D. Wu" }, "Dana Wu"],
  [
    "an id, an old phone and the same name",
    { contactId: "c-dana", name: "dana  wu", phone: "415 555 0199" },
    "Dana Wu",
  ],
  [
    "an id, a new name and the same phone",
    { contactId: "c-dana", name: "Dana Wu-Lee", phone: "415.555.0142" },
    "Dana Wu",
  ],
  ["an id of somebody else", { contactId: "c-dana", name: "Luis Ortega", phone: "(628) 555-0110" }, "Luis Ortega"],
  ["an id of nobody in the row", { contactId: "c-dana", name: "Invoice 7", phone: "(628) 555-0188" }, null],
  ["an id beside the name of something else", { contactId: "c-dana", name: "Deal Acme" }, null],
  [
    "an id beside the name of something else, and a phone",
    { contactId: "c-dana", name: "Deal", phone: "(415) 555-0142" },
    "Dana Wu",
  ],
  ["an id beside a number instead of a name", { contactId: "c-dana", name: "#70012" }, null],
  ["an id beside a name with marks", { contactId: "c-dana", name: "WÙ, Dána" }, "Dana Wu"],
  ["an id beside a phone that stands for the name", { contactId: "c-dana", name: "(415) 555-0142" }, "Dana Wu"],
  ["an id nobody has, and a phone", { contactId: "c-nobody", phone: "(510) 555-0133" }, "Tom Ray"],
  ["a phone that two people share, and the name of one", { name: "Mia Rossi", phone: "(415) 555-0142" }, "Mia Rossi"],
  ["such a phone, and that name written otherwise", { name: " mia  ROSSI", phone: "(415) 555-0142" }, "Mia Rossi"],
  ["such a phone, and the name of neither", { name: "Jo Roe", phone: "(415) 555-0142" }, null],
  ["such a phone alone", { phone: "(415) 555-0142" }, null],
  ["a phone of one person, and another name", { name: "Thomas", phone: "(510) 555-0133" }, "Tom Ray"],
])("%s leads to whom it belongs to", async (_what, row, name) => {
  expect(await namesOf(row)).toEqual([name]);
});

test("texts too long to be ids or phones are not asked about, and keep nobody else from being found", async () => {
  const long = { contactId: "x".repeat(129), phone: "4".repeat(41) };
  expect(await namesOf(long, { contactId: "c-tom" })).toEqual([null, "Tom Ray"]);
});

test.each<[string, Partial<SelectedRow>, string | null]>([
  [
    "with another name and another phone",
    { contactId: "c-dana", name: "Dee Stone", phone: "(628) 555-0110" },
    "Dana Wu",
  ],
  [
    "who is gone, and whose phone is somebody else's now",
    { contactId: "c-nobody", name: "Al Roe", phone: "(510) 555-0133" },
    null,
  ],
  [
    "who is gone, and was taken down anew",
    { contactId: "c-nobody", name: "Tom Ray", phone: "(510) 555-0133" },
    "Tom Ray",
  ],
  ["nobody knows, behind a phone", { phone: "(510) 555-0133" }, "Tom Ray"],
])("a contact of our own groups %s is that contact or nobody", async (_what, row, name) => {
  expect(await namesOf({ ...row, own: true })).toEqual([name]);
});
