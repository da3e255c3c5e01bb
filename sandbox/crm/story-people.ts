import type { ContactWrite } from "@partyline/contract/contact";
import type { ContactPhone } from "@partyline/domain/contact";

type Written = Partial<ContactWrite> & { name: string };

const phone = (number: string, label: string | null = "mobile", primary = true): ContactPhone => ({
  number,
  label,
  primary,
});

/** Written by hand, one for each situation a list of contacts can hold. They had the latest activity, so a list opens on them. */
export const STORY_PEOPLE: readonly Written[] = [
  { name: "Dana Wu", ownerId: "u-ava", phones: [phone("+14155550142")], tags: ["buyer", "oak street"] },
  { name: "Luis Ortega", ownerId: "u-ava", phones: [phone("+16285550110")], tags: ["seller", "oak street"] },
  {
    name: "Priya Nair",
    ownerId: "u-ben",
    phones: [phone("+16505550127"), phone("+14085550164", "work", false)],
    tags: ["buyer", "pre-approved"],
  },
  { name: "Tom Ray", ownerId: "u-ava", phones: [phone("+15105550133")], tags: ["vendor", "oak street"] },
  { name: "Kim Lee", ownerId: "u-ben", doNotDisturb: true, phones: [phone("+14155550158")], tags: ["lead"] },
  { name: "Jo Brown", ownerId: "u-ava", phones: [phone("+18765550119")], tags: ["investor"] },
  { name: "Ana Silva", ownerId: "u-ben", phones: [phone("+14155550175")], tags: ["buyer", "first home"] },
  { name: "Bayview Title Desk", ownerId: null, phones: [phone("+18885550147", "work")], tags: ["vendor"] },
  { name: "Harriet Cole", ownerId: "u-cleo", phones: [phone("+17075550161", "home")], tags: ["seller"] },
  {
    name: "Martin Cole",
    ownerId: "u-cleo",
    phones: [phone("+17075550161", "home"), phone("+17075550162", "mobile", false)],
    tags: ["seller"],
  },
  { name: "Marcus Reed", ownerId: "u-cleo", phones: [phone("(925) 555-0118")], tags: ["past client", "referral"] },
];

/** The awkward rest: what real lists contain and screens forget. */
export const AWKWARD_PEOPLE: readonly Written[] = [
  { name: "", ownerId: "u-ben", phones: [phone("+15105550171")], tags: ["lead"] },
  {
    name: "Maximiliana Theodora Featherstonehaugh-Villanueva de la Cruz",
    ownerId: "u-ava",
    phones: [phone("+14155550186")],
    tags: ["investor"],
  },
  { name: "🌻 Sunny Alvarez 🏡", ownerId: "u-cleo", phones: [phone("+16505550193")], tags: ["buyer", "open house"] },
  { name: "ليلى حداد", ownerId: "u-ava", phones: [phone("+14085550122")], tags: ["buyer"] },
  { name: "נועה לוי", ownerId: "u-ben", phones: [phone("+14155550131")], tags: ["seller"] },
  { name: "王芳", ownerId: "u-cleo", phones: [phone("+15105550145")], tags: ["investor"] },
  { name: "Oliver Whitby", ownerId: "u-ava", phones: [phone("+442079460958", "work")], tags: ["investor"] },
  {
    name: "Valentina Cruz",
    ownerId: "u-ben",
    phones: [phone("+525555550134"), phone("+12135550156", "work", false)],
    tags: ["buyer"],
  },
  { name: "Rafael Colón", ownerId: "u-cleo", phones: [phone("+17875550128")], tags: ["past client"] },
  { name: "Marcia Bennett", ownerId: null, phones: [phone("+18765550136")], tags: ["lead"] },
  { name: "Golden Gate Movers", ownerId: null, phones: [phone("+18005550182", "work")], tags: ["vendor"] },
  { name: "Pat Typo", ownerId: "u-ava", phones: [phone("415-555-01")], tags: ["lead"] },
  { name: "Nora Fields", ownerId: "u-ben", phones: [], tags: ["lead", "open house"] },
  { name: "Gus Kowalczyk", ownerId: "u-cleo", phones: [phone("+16795550120")], tags: ["buyer"] },
  {
    name: "Stella Marsh",
    ownerId: "u-ben",
    smsStatus: "permanent",
    phones: [phone("+19255550149")],
    tags: ["past client"],
  },
  { name: "Ivy Grant", ownerId: "u-cleo", smsStatus: "active", phones: [phone("+18315550152")], tags: ["lead"] },
  {
    name: "Desmond Achebe",
    ownerId: "u-ava",
    phones: [
      phone("+12125550173"),
      phone("+16465550174", "home", false),
      phone("+19175550176", "work", false),
      phone("+18445550177", "assistant", false),
    ],
    tags: ["investor", "vip"],
  },
];
