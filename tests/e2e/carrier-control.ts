import type { Sandbox } from "@partyline/sandbox/sandbox";

/** A person answers on their handset; `to` is everybody else in the group, the business number included. */
export async function replyFrom(
  { phonesUrl }: Pick<Sandbox, "phonesUrl">,
  from: string,
  to: readonly string[],
  text: string,
): Promise<void> {
  const answer = await fetch(`${phonesUrl}/control/handsets/${encodeURIComponent(from)}/texts`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ to, text }),
  });
  if (!answer.ok) throw new Error(`the handset could not text: ${await answer.text()}`);
}

interface Request {
  method: string;
  path: string;
  body: { text?: string } | null;
}

/** How often the backend asked the carrier to send this text. */
export async function countSends({ phonesUrl }: Pick<Sandbox, "phonesUrl">, text: string): Promise<number> {
  const requests = (await (await fetch(`${phonesUrl}/control/requests`)).json()) as Request[];
  return requests.filter(({ method, body }) => method === "POST" && body?.text === text).length;
}
