import { describe, expect, test } from "vitest";
import { isOnDoNotDisturb } from "@partyline/domain/contact";
import { NumbersAnswer, toContact, toNumbers, toUsers, UsersAnswer, WireContact } from "./wire.ts";

const DANA = { id: "nmFmQEsNgz6AVpgLVUJ1", locationId: "ve9EPM428h8vShlRW1KT", firstName: "Dana", lastName: "Wu" };
const read = (rest: object) => toContact(WireContact.parse({ ...DANA, ...rest }));

describe("a contact in HighLevel's answers", () => {
  test.each([
    ["nothing said", {}, false],
    ["dnd for everything", { dnd: true }, true],
    ["dnd null", { dnd: null }, false],
    ["SMS active", { dndSettings: { SMS: { status: "active" } } }, true],
    ["SMS permanent", { dndSettings: { SMS: { status: "permanent", code: "101" } } }, true],
    ["SMS inactive", { dndSettings: { SMS: { status: "inactive" } } }, false],
    ["sms permanent, in lower case", { dndSettings: { sms: { status: "permanent" } } }, true],
    ["an SMS status nobody knows", { dndSettings: { SMS: { status: "paused" } } }, true],
    ["an SMS setting that is no object", { dndSettings: { SMS: "inactive" } }, true],
    ["only email active", { dndSettings: { Email: { status: "active" } } }, false],
  ])("with %s", (_what, state, dnd) => {
    expect(isOnDoNotDisturb(read(state))).toBe(dnd);
  });

  test("with a dnd that is no yes or no cannot be parsed", () => {
    expect(WireContact.safeParse({ ...DANA, dnd: "true" }).success).toBe(false);
  });

  test("has its primary phone first, then the additional ones of either shape", () => {
    const additionalPhones = ["+16285550171", { phone: "(510) 555-0133", phoneLabel: "Work" }, { phone: " " }];
    expect(read({ phone: "+14155550142", phoneLabel: "Mobile", additionalPhones }).phones).toEqual([
      { number: "+14155550142", label: "Mobile", primary: true },
      { number: "+16285550171", label: null, primary: false },
      { number: "(510) 555-0133", label: "Work", primary: false },
    ]);
  });

  test("loses only those additional phones that cannot be read", () => {
    const additionalPhones = [{ phoneLabel: "Work" }, null, 5, "+16285550171"];
    expect(read({ additionalPhones }).phones).toEqual([{ number: "+16285550171", label: null, primary: false }]);
    expect(read({ phone: "+14155550142", additionalPhones: "none" }).phones).toHaveLength(1);
  });

  test("keeps within what our own contract takes", () => {
    const odd = read({
      firstName: "x".repeat(500),
      additionalPhones: Array.from({ length: 30 }, (_, index) => `+1628555${String(index).padStart(4, "0")}`),
      tags: Array.from({ length: 90 }, () => "t".repeat(100)),
    });
    expect([odd.name.length, odd.phones.length, odd.tags.length, odd.tags[0]?.length]).toEqual([200, 11, 50, 60]);
  });

  test("holds nothing that cannot be stored: no null character, and no half of one where it is cut", () => {
    const odd = read({
      firstName: `${"x".repeat(199)}🏡`,
      lastName: null,
      phone: "+14155550142\0",
      phoneLabel: `${"l".repeat(39)}🏡`,
      tags: [`${"t".repeat(59)}🏡`, "null\0", "half \ud83c of it"],
    });
    expect(odd.name).toBe("x".repeat(199));
    expect(odd.phones).toEqual([{ number: "+14155550142", label: "l".repeat(39), primary: true }]);
    expect(odd.tags).toEqual(["t".repeat(59), "null", "half \ufffd of it"]);
    expect(read({ firstName: "Nul\0", lastName: "Character" }).name).toBe("Nul Character");
  });

  test("is called by its names, else by whatever it has", () => {
    expect(read({}).name).toBe("Dana Wu");
    expect(read({ firstName: null, lastName: " ", contactName: "dana wu" }).name).toBe("dana wu");
    expect(read({ firstName: null, lastName: null, email: "dana@example.com" }).name).toBe("dana@example.com");
  });
});

test("users come with their role and, where it is said, whether they see assigned data only; deleted ones are marked", () => {
  const answer = UsersAnswer.parse({
    users: [
      { id: "u1", name: "Ava", roles: { role: "admin" }, permissions: { assignedDataOnly: false } },
      {
        id: "u2",
        firstName: "Cleo",
        lastName: "Diaz",
        roles: { role: "user" },
        permissions: { assignedDataOnly: true },
      },
      { id: "u3", name: "Gone", deleted: true },
      { id: "u4", name: "Odd", roles: { role: "owner" } },
    ],
  });
  expect(toUsers(answer)).toEqual([
    { crmUserId: "u1", name: "Ava", role: "admin", assignedDataOnly: false, deleted: false },
    { crmUserId: "u2", name: "Cleo Diaz", role: "user", assignedDataOnly: true, deleted: false },
    { crmUserId: "u3", name: "Gone", role: "user", assignedDataOnly: null, deleted: true },
    { crmUserId: "u4", name: "Odd", role: "user", assignedDataOnly: null, deleted: false },
  ]);
});

test("numbers come with whose they are; what is no number does not come", () => {
  const answer = NumbersAnswer.parse({
    numbers: [
      { phoneNumber: "+18885550199", capabilities: { mms: true }, isDefaultNumber: true, linkedUser: null },
      { phoneNumber: "+14155550101", capabilities: {}, isDefaultNumber: false, linkedUser: "u2", friendlyName: "Ben" },
      { phoneNumber: "sip:desk", capabilities: {}, isDefaultNumber: false },
    ],
  });
  expect(toNumbers(answer)).toEqual([
    { number: "+18885550199", label: null, isDefault: true, crmUserId: null, mms: true },
    { number: "+14155550101", label: "Ben", isDefault: false, crmUserId: "u2", mms: false },
  ]);
});
