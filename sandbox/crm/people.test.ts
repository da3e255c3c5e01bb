import { ContactsImport } from "@partyline/contract/contact";
import { isOnDoNotDisturb } from "@partyline/domain/contact";
import { judgePhoneNumber, normalisePhone, type PhoneVerdict } from "@partyline/domain/phone-number";
import { describe, expect, it } from "vitest";
import { sampleActivity, samplePeople } from "./people.ts";

const people = samplePeople();
const named = (name: string) => people.find((person) => person.name === name)!;
const numbers = people.flatMap((person) => person.phones.map(({ number }) => ({ number, person: person.name })));
const verdicts = numbers.map(({ number }) => judgePhoneNumber(number));
const textable = (verdict: PhoneVerdict) => verdict.verdict === "ok" || verdict.verdict === "ok_unverified";

describe("the sample people", () => {
  it("are 240, the same each time, and fit one import", () => {
    expect(people).toHaveLength(240);
    expect(samplePeople()).toEqual(people);
    expect(ContactsImport.parse({ contacts: people }).contacts).toEqual(people);
  });

  it("have ids of twenty letters and digits and names of their own", () => {
    expect(new Set(people.map((person) => person.id)).size).toBe(240);
    expect(people.filter((person) => !/^[A-Za-z0-9]{20}$/.test(person.id))).toEqual([]);
    expect(new Set(people.map((person) => person.name)).size).toBe(240);
  });

  it("share no number but the couple's, and take none of the business numbers", () => {
    const owners = new Map<string, string[]>();
    for (const { number, person } of numbers) {
      const key = normalisePhone(number) ?? number;
      owners.set(key, [...(owners.get(key) ?? []), person]);
    }
    const shared = [...owners].filter(([, names]) => names.length > 1);
    expect(shared).toEqual([["+17075550161", ["Harriet Cole", "Martin Cole"]]]);
    expect(["+14155550100", "+14155550101", "+14155550102", "+18885550199"].filter((own) => owners.has(own))).toEqual(
      [],
    );
  });

  it("use only numbers set aside for fiction inside +1", () => {
    const plusOne = verdicts
      .flatMap((verdict) => ("number" in verdict ? verdict.number : []))
      .filter((n) => n.startsWith("+1"));
    expect(plusOne.length).toBeGreaterThan(240);
    expect(plusOne.filter((number) => !/^\+1\d{3}55501\d\d$/.test(number))).toEqual([]);
  });

  it.each([
    ["Dana Wu", "+14155550142"],
    ["Luis Ortega", "+16285550110"],
    ["Priya Nair", "+16505550127"],
    ["Tom Ray", "+15105550133"],
  ])("let %s be texted", (name, number) => {
    expect(people.slice(0, 11).map((person) => person.name)).toContain(name);
    expect(isOnDoNotDisturb(named(name))).toBe(false);
    expect(named(name).phones.find((phone) => phone.primary)!.number).toBe(number);
    expect(judgePhoneNumber(number).verdict).toBe("ok");
  });

  it.each([
    ["Jo Brown", { verdict: "not_us_ca", country: "JM" }],
    ["Valentina Cruz", { verdict: "not_us_ca", country: "MX" }],
    ["Oliver Whitby", { verdict: "not_us_ca", country: "GB" }],
    ["Rafael Colón", { verdict: "not_us_ca", country: "PR" }],
    ["Bayview Title Desk", { verdict: "not_textable", kind: "toll_free" }],
    ["Pat Typo", { verdict: "invalid" }],
    ["Gus Kowalczyk", { verdict: "ok_unverified" }],
    ["Marcus Reed", { verdict: "ok", number: "+19255550118" }],
  ])("judge the first number of %s as %o", (name, expected) => {
    expect(judgePhoneNumber(named(name).phones[0]!.number)).toMatchObject(expected);
  });

  it("hold every way of being on do-not-disturb", () => {
    expect(named("Kim Lee")).toMatchObject({ doNotDisturb: true, smsStatus: "inactive" });
    expect(named("Ivy Grant")).toMatchObject({ doNotDisturb: false, smsStatus: "active" });
    expect(named("Stella Marsh")).toMatchObject({ doNotDisturb: false, smsStatus: "permanent" });
    expect(people.filter(isOnDoNotDisturb).length).toBeGreaterThan(15);
  });

  it("have one primary number each, and additional ones with labels", () => {
    const withPhones = people.filter((person) => person.phones.length > 0);
    expect(people.length - withPhones.length).toBe(1);
    expect(withPhones.filter(({ phones }) => phones.filter((phone) => phone.primary).length !== 1)).toEqual([]);
    expect(people.filter(({ phones }) => phones.length > 1).length).toBeGreaterThan(30);
    const labels = new Set(people.flatMap(({ phones }) => phones.map((phone) => phone.label)));
    expect(labels).toEqual(new Set(["mobile", "home", "work", "assistant", null]));
  });

  it("include the names that break screens", () => {
    const names = people.map((person) => person.name);
    expect(names.filter((name) => name === "")).toHaveLength(1);
    expect(names.filter((name) => name.length === 60)).toHaveLength(1);
    expect(names.filter((name) => /\p{Extended_Pictographic}/u.test(name))).toHaveLength(1);
    expect(names.filter((name) => /\p{Script=Arabic}/u.test(name))).toHaveLength(1);
    expect(names.filter((name) => /\p{Script=Hebrew}/u.test(name))).toHaveLength(1);
  });

  it("give Cleo at least fourteen people who can all be texted", () => {
    const cleos = people.filter(
      (person) =>
        person.ownerId === "u-cleo" &&
        !isOnDoNotDisturb(person) &&
        person.phones.length > 0 &&
        person.phones.every(({ number }) => textable(judgePhoneNumber(number))),
    );
    expect(cleos.length).toBeGreaterThanOrEqual(14);
  });

  it("are spread over three owners and nobody", () => {
    for (const owner of ["u-ava", "u-ben", "u-cleo", null]) {
      expect(people.filter((person) => person.ownerId === owner).length).toBeGreaterThan(40);
    }
  });

  it("are in the order of their last activity", () => {
    const activity = sampleActivity(Date.UTC(2026, 10, 3, 9));
    const times = people.map((person) => activity.get(person.id)!.at);
    expect(times[0]).toBe("2026-11-03T08:56:00.000Z");
    expect(times).toEqual([...times].sort().reverse());
  });
});
