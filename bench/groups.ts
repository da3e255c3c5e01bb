import type { GroupPage } from "@partyline/contract/group";
import { startTestBackend } from "@partyline/server/testing/backend";
import { signInOverHttp } from "@partyline/server/testing/sign-in";
import { median, ms, type Figure } from "./figure.ts";
import { fillWithGroups } from "./many-groups.ts";
import { createDatabase } from "./postgres.ts";
import { placeAt } from "./send-stage.ts";

const ROUNDS = 7;

const QUESTIONS: Readonly<Record<string, string>> = {
  "first page": "",
  "twentieth page": "",
  unread: "filter=unread",
  mine: "filter=mine",
  locked: "filter=locked",
  "a name that many have": "query=james",
  "a full name": "query=james+wu+1010",
  "a group's own name": "query=oak+street+3333",
  "a name that a third begin with": "query=oa",
  "the last four digits": "query=2345",
  "an area code that everybody has": "query=303",
  "a word of a few messages": "query=51234",
  "a word of most messages": "query=closing",
  "a word that is nowhere": "query=zebra",
};

/** Lists and searches among 100,000 groups, through HTTP on PostgreSQL: medians, for an admin and for assigned data only. */
export async function measureGroups(): Promise<Figure[]> {
  await using database = await createDatabase();
  await using opened = new AsyncDisposableStack();
  const backend = await startTestBackend(placeAt(database.url), {
    environment: { LOG_LEVEL: "silent" },
    works: false,
  });
  opened.defer(() => backend.close());
  await fillWithGroups(backend.context);
  const ask = await Promise.all(
    ["ava", "cleo"].map(async (name) => {
      const { access_token } = await signInOverHttp(backend.url, { demo: `${name}@harborpine.example` });
      return asker(backend.url, access_token);
    }),
  );
  const figures: Figure[] = [];
  for (const [what, question] of Object.entries(QUESTIONS)) {
    const values: string[] = [];
    for (const one of ask) values.push(await timeOf(one, question, what === "twentieth page" ? 19 : 0));
    figures.push({ what: `100,000 groups, ${what}: admin / assigned data only`, value: values.join(" / ") });
  }
  return figures;
}

type Ask = (question: string, cursor: string | null) => Promise<GroupPage>;

async function timeOf(ask: Ask, question: string, skip: number): Promise<string> {
  let cursor: string | null = null;
  for (let page = 0; page < skip; page += 1) cursor = (await ask(question, cursor)).next;
  const took: number[] = [];
  let found = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    found = (await ask(question, cursor)).groups.length;
    took.push(performance.now() - start);
  }
  return `${ms(median(took))} (${found} found)`;
}

function asker(url: string, token: string): Ask {
  return async (question, cursor) => {
    const query = cursor === null ? question : `${question}&cursor=${encodeURIComponent(cursor)}`;
    const answer = await fetch(`${url}/v1/groups?${query}`, { headers: { authorization: `Bearer ${token}` } });
    if (!answer.ok) throw new Error(`${question} was answered with ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as GroupPage;
  };
}
