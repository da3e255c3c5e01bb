import { describe, expect, test } from "vitest";
import { displayName, firstName, groupTitle } from "./people.ts";

const dana = { phone: "+14155550142", contacts: [{ name: "Dana Wu" }] };
const parks = { phone: "+15105550177", contacts: [{ name: "June Park" }, { name: "Joan Park" }] };
const unknown = { phone: "+16285550110", contacts: [] };

describe("people's names", () => {
  test.each([
    ["a contact's name", dana, "Dana Wu", "Dana"],
    ["both names of a shared number", parks, "June Park & Joan Park", "June"],
    ["the number where nobody has a name", unknown, "(628) 555-0110", "(628) 555-0110"],
    [
      "the number where the name is blank",
      { ...unknown, contacts: [{ name: " " }] },
      "(628) 555-0110",
      "(628) 555-0110",
    ],
    ["a foreign number as it is", { phone: "+442079460958", contacts: [] }, "+442079460958", "+442079460958"],
    ["one name that both contacts have", { ...parks, contacts: [{ name: "Park" }, { name: "Park" }] }, "Park", "Park"],
  ])("%s", (_, person, name, first) => {
    expect(displayName(person)).toBe(name);
    expect(firstName(person)).toBe(first);
  });

  test("a group is called what the user called it, else by its first names", () => {
    expect(groupTitle({ name: "Closing", participants: [dana] })).toBe("Closing");
    expect(groupTitle({ name: null, participants: [dana, parks, unknown] })).toBe("Dana, June, (628) 555-0110");
  });
});
