import { maySeeGroup, type User } from "@partyline/domain/access";
import type { DatabasePool } from "../store/pool.ts";
import { asOwner, runSql } from "../store/tenant.ts";
import type { clientOf } from "./backend.ts";

type Client = ReturnType<typeof clientOf>;

/** Something that only some may ever be told: a name, a number, a text, an id. */
interface Secret {
  text: string;
  workspaceId: string;
  /** Of the contacts it is about; null when all of the workspace may know. */
  owners: (string | null)[] | null;
}

/** Who is told; null is somebody who has not signed in. */
export type Reader = { workspaceId: string; user: User } | null;

/** One question and its answer, both whole. */
export interface Exchange {
  reader: Reader;
  sent: string;
  received: string;
}

/** Shorter ones may stand in any answer by chance. */
const TELLING = 8;

/** Everything there is to be told, in every workspace, as the database has it now. */
export function readSecrets(database: DatabasePool): Promise<Secret[]> {
  return asOwner(database, async (trx) => {
    const rows = async (text: string) => {
      const found = await runSql(trx, text, []);
      return found.flatMap(({ workspace_id, owners, texts }) =>
        (texts as (string | null)[]).map((text) => ({
          text: text ?? "",
          workspaceId: workspace_id as string,
          owners: owners as Secret["owners"],
        })),
      );
    };
    const secrets = [
      ...(await rows(`select id as workspace_id, null as owners, array[id::text, name] as texts from workspace`)),
      ...(await rows(`select workspace_id, null as owners, array[id::text, name, email] as texts from users`)),
      ...(await rows(`select workspace_id, null as owners, array[id::text, number] as texts from business_number`)),
      ...(await rows(`select workspace_id, array[owner_id] as owners,
        array[id, name] || array(select jsonb_array_elements(phones)->>'number') as texts from contact`)),
      ...(await rows(
        `${OF_GROUPS} select workspace_id, owners, array[id::text, name] || participants as texts from g`,
      )),
      ...(await rows(`${OF_GROUPS} select g.workspace_id, owners, array[m.id::text, text] as texts
        from message m join g on (g.workspace_id, g.id) = (m.workspace_id, m.group_id)`)),
    ];
    return secrets.filter(({ text }) => text.length >= TELLING);
  });
}

/** Each group with the owners of all of its contacts; a participant without a contact is nobody's. */
const OF_GROUPS = `with g as (
  select groups.workspace_id, groups.id, groups.name, array_agg(c.owner_id) as owners,
    array_agg(p.id::text) || array_agg(p.phone) || array_agg(pc.name) as participants
  from groups
  join participant p on (p.workspace_id, p.group_id) = (groups.workspace_id, groups.id)
  left join participant_contact pc on (pc.workspace_id, pc.group_id, pc.participant_id) = (p.workspace_id, p.group_id, p.id)
  left join contact c on (c.workspace_id, c.id) = (pc.workspace_id, pc.contact_id)
  group by groups.workspace_id, groups.id, groups.name)`;

/** What answers told their readers that these may not know, other than what they had said themselves. */
export function leaksIn(exchanges: readonly Exchange[], secrets: readonly Secret[]): { sent: string; told: string }[] {
  const forbidden = new Map<Reader, string[]>();
  for (const reader of new Set(exchanges.map((exchange) => exchange.reader))) {
    const known = new Set(secrets.filter((secret) => mayKnow(reader, secret)).map(({ text }) => text));
    forbidden.set(
      reader,
      [...new Set(secrets.map(({ text }) => text))].filter((text) => !known.has(text)),
    );
  }
  return exchanges.flatMap(({ reader, sent, received }) =>
    (forbidden.get(reader) ?? [])
      .filter((text) => received.includes(text) && !sent.includes(text))
      .map((told) => ({ sent, told })),
  );
}

function mayKnow(reader: Reader, { workspaceId, owners }: Secret): boolean {
  if (reader === null || reader.workspaceId !== workspaceId) return false;
  return owners === null || maySeeGroup(reader.user, owners);
}

/** The same client, with everything it is answered kept. */
export function overhear(client: Client, reader: Reader, exchanges: Exchange[]): Client {
  return async <Body>(...[method, path, body, headers]: Parameters<Client>) => {
    const answer = await client<Body>(method, path, body, headers);
    exchanges.push({
      reader,
      sent: `${method} ${decodeURIComponent(path)} ${JSON.stringify(body)}`,
      received: `${JSON.stringify([...answer.headers])} ${answer.text}`,
    });
    return answer;
  };
}
