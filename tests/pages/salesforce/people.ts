import { makePeople, type Person } from "../shared/people.ts";

/** The first three characters of an id tell what kind of record it is: 003 is a contact. */
export const salesforceId = ({ number }: Person, prefix = "003"): string =>
  `${prefix}Kd00000a1B2${String(number).padStart(4, "0")}`;

export const listedPeople = (): Person[] => makePeople(100);
