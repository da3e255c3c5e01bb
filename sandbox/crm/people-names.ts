/** Given and family names are crossed with strides that share no factor, so that no two people get the same pair. */
export const GIVEN_NAMES =
  "Amara Noah Sofia Ethan Mei Carlos Ingrid Jamal Hana Oliver Leila Mateo Grace Dmitri Zoe Rajesh Elena Kwame Chloe Hiroshi " +
  "Fatima Lucas Nadia Owen Isabel Tariq Freya Andre Yuki Samuel Rosa Viktor Aisha Peter Camila Idris Beth Marco Anika Joel " +
  "Thandi Felix Marisol Sean Linh Gabriel Odette";

export const FAMILY_NAMES =
  "Adeyemi Novak Castillo Bergman Chen Delgado Eriksen Farouk Goldberg Hughes Ivanov Jensen Kaplan Lindqvist Mbeki Nakamura " +
  "O’Connor Petrov Quinn Rossi Sandoval Tanaka Underhill Vasquez Whitfield Xu Yamada Zimmerman Abbott Bianchi Cohen Dubois " +
  "Espinoza Fischer Gupta Hernández Ibrahim Johansson Kowalski Laurent Moreau Nguyễn Okafor Park Ramírez Singh Torres Vargas " +
  "Walsh Young Zhang Müller Santos";

/** Mostly around San Francisco Bay, then the rest of the US, then Canada. */
export const AREA_CODES =
  "415 510 650 408 628 925 707 415 669 341 510 831 916 415 209 530 650 212 310 312 503 206 702 602 720 512 713 305 404 617 " +
  "646 773 818 858 919 971 604 416 514 403 778 647";

/** Each list becomes one person's tags. */
export const TAG_SETS: readonly (readonly string[])[] = [
  ["buyer"],
  ["seller"],
  ["lead", "open house"],
  ["buyer", "pre-approved"],
  ["past client"],
  ["seller", "staging"],
  ["investor"],
  ["lead"],
  ["buyer", "first home"],
  ["past client", "referral"],
  ["vendor"],
  [],
];

export const ACTIVITIES: readonly string[] = [
  "Email opened",
  "Viewing booked",
  "Call, 6 min",
  "Form submitted",
  "Offer sent",
  "Note added",
  "Document signed",
  "Email sent",
  "Call, no answer",
  "Open house visit",
];
