import { makePeople, type Person } from "../shared/people.ts";

export const TOTAL = 1234;

/** HubSpot numbers its records. */
export const hubspotId = ({ number }: Person): string => String(51_000_000_000 + number);

/** The page of the list that the browser has loaded; the view has `TOTAL`. */
export const loadedPeople = (): Person[] => makePeople(50);
