export interface Person {
  id: number;
  name: string;
  phone: string;
}

/** The sandbox's directory knows the first three by their phones. */
export const PEOPLE: readonly Person[] = [
  { id: 501, name: "Dana Wu", phone: "(415) 555-0142" },
  { id: 502, name: "Luis Ortega", phone: "628-555-0110" },
  { id: 503, name: "Tom Ray", phone: "+1 510 555 0133" },
  { id: 504, name: "Nobody Known", phone: "(907) 555-0199" },
];

export const each = (draw: (person: Person) => string): string => PEOPLE.map(draw).join("");
export const box = ({ name }: Person): string => `<input type="checkbox" aria-label="Select ${name}">`;
