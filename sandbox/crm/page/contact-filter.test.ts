import { describe, expect, it } from "vitest";
import type { CrmContact } from "../crm-contact.ts";
import { applyFilter, filterHref, readFilter, type ContactFilter } from "./contact-filter.ts";

const EVERYBODY: ContactFilter = { list: "all", owner: "", query: "", sort: "activity" };
const DANA: CrmContact = {
  id: "dana",
  name: "Dana Wu",
  ownerId: "u-ava",
  doNotDisturb: false,
  smsStatus: "inactive",
  phones: [{ number: "+14155550142", label: "mobile", primary: true, shown: "(415) 555-0142" }],
  tags: ["buyer"],
  activity: null,
};
const NAMELESS: CrmContact = { ...DANA, id: "nameless", name: "", ownerId: null, phones: [], tags: [] };
const BO: CrmContact = {
  ...DANA,
  id: "bo",
  name: "Bo Ek",
  ownerId: "u-ben",
  smsStatus: "active",
  phones: [],
  tags: ["vendor"],
};
const ids = (part: Partial<ContactFilter>) =>
  applyFilter([DANA, NAMELESS, BO], { ...EVERYBODY, ...part }).map((contact) => contact.id);

describe("the filter of the contact list", () => {
  it.each<[string, Partial<ContactFilter>, string[]]>([
    ["everybody in the given order", {}, ["dana", "nameless", "bo"]],
    ["by name", { sort: "name" }, ["bo", "dana", "nameless"]],
    ["one owner", { owner: "u-ben" }, ["bo"]],
    ["nobody's", { owner: "nobody" }, ["nameless"]],
    ["a list by tag", { list: "buyers" }, ["dana"]],
    ["those on do-not-disturb", { list: "dnd" }, ["bo"]],
    ["part of a name in any case", { query: "dANA" }, ["dana"]],
    ["a number as people write it", { query: "(415) 555-01" }, ["dana"]],
    ["a tag", { query: "vend" }, ["bo"]],
    ["those without a name by how they are shown", { query: "unnamed" }, ["nameless"]],
    ["no one", { query: "zzz" }, []],
    ["everybody for a list nobody made", { list: "none-such" }, ["dana", "nameless", "bo"]],
  ])("shows %s", (_, part, expected) => {
    expect(ids(part)).toEqual(expected);
  });

  it("survives its own address", () => {
    const filter: ContactFilter = { list: "dnd", owner: "u-ben", query: "+1 & 415", sort: "name" };
    const href = filterHref(filter);
    expect(readFilter(href.slice(href.indexOf("?")))).toEqual(filter);
    expect(filterHref(EVERYBODY)).toBe("/contacts");
  });
});
