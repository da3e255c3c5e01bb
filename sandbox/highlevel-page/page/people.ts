export interface Person {
  id: string;
  firstName: string;
  lastName: string;
  phone: string | null;
  dnd: boolean;
  smsStatus: "active" | "inactive" | "permanent";
  tags: string[];
}

export async function fetchPeople(): Promise<Person[]> {
  return (await (await fetch("/page/people")).json()) as Person[];
}

export async function setDoNotDisturb(id: string, dnd: boolean): Promise<void> {
  const answer = await fetch(`/page/people/${id}`, { method: "PATCH", body: JSON.stringify({ dnd }) });
  if (!answer.ok) throw new Error(await answer.text());
}

export function nameOf({ firstName, lastName }: Person): string {
  return `${firstName} ${lastName}`.trim();
}

/** `/v2/location/{id}`, under which every address of the page is. */
export function locationPath(): string {
  return /^\/v2\/location\/[^/]+/.exec(location.pathname)?.[0] ?? "";
}
