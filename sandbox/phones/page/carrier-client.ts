/** Somebody as a handset shows them. */
export interface Party {
  number: string;
  label: string;
  name: string | null;
  business: boolean;
}

export interface Text {
  id: string;
  from: Party;
  mine: boolean;
  text: string;
  pictures: { id: string; contentType: string }[];
  at: string;
}

export interface Thread {
  key: string;
  title: string;
  others: Party[];
  texts: Text[];
}

export interface Phone extends Party {
  threads: Thread[];
}

export interface Phones {
  businesses: Party[];
  people: Party[];
  phones: Phone[];
}

export interface OutgoingText {
  to: string[];
  text: string;
  pictures: { contentType: string; base64: string }[];
}

/** What the emulated network says no to, in its words. */
export class CarrierRefusal extends Error {
  override name = "CarrierRefusal";
}

/** The phones that hold texts, and those picked up besides. */
export async function fetchPhones(picked: readonly string[]): Promise<Phones> {
  const query = new URLSearchParams(picked.map((number) => ["also", number]));
  const answer = await fetch(`/control/phones?${query}`);
  return (await answer.json()) as Phones;
}

/** Whoever has this name in the address book, or this number; null when nobody can. */
export async function findPerson(typed: string): Promise<Party | null> {
  const answer = await fetch(`/control/people/${encodeURIComponent(typed.trim())}`);
  return ((await answer.json()) as { person: Party | null }).person;
}

export async function sendText(from: string, text: OutgoingText): Promise<void> {
  const answer = await fetch(`/control/handsets/${encodeURIComponent(from)}/texts`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(text),
  });
  if (answer.ok) return;
  const problem = (await answer.json().catch(() => ({}))) as { error?: string };
  throw new CarrierRefusal(problem.error ?? `The network answered ${answer.status}.`);
}

export function pictureUrl(id: string): string {
  return `/control/pictures/${id}`;
}

export function nameOf(party: Party): string {
  return party.name ?? party.label;
}
