/** Somebody the imitated CRMs show; each CRM makes an id of its own kind from the number. */
export interface Person {
  number: number;
  name: string;
  phone: string;
}

const FIRST = ["Dana", "Luis", "Priya", "Tom", "Ana", "Kim", "Omar", "June", "Wes", "Mia"];
const LAST = ["Wu", "Ortega", "Nair", "Ray", "Silva", "Lee", "Haddad", "Park", "Cole", "Rossi"];

/** Up to a hundred people, no two of one name: Dana Wu, Luis Ortega, Priya Nair and so on. */
export function makePeople(count: number): Person[] {
  return Array.from({ length: count }, (_, number) => {
    const turn = Math.floor(number / FIRST.length);
    const name = `${FIRST[number % FIRST.length]} ${LAST[(number + turn) % LAST.length]}`;
    return { number, name, phone: `(510) 555-01${String(number).padStart(2, "0")}` };
  });
}
