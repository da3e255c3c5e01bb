import { v7 as newId } from "uuid";
import { sendMessage } from "@partyline/server/messages/send-message";
import { inWorkspace } from "@partyline/server/store/tenant";
import { prepareBareSend } from "./bare-send.ts";
import { median, type Figure } from "./figure.ts";
import { createDatabase } from "./postgres.ts";
import { setSendStage, type SendStage } from "./send-stage.ts";

const CLIENTS = [1, 16, 32];
const ROUNDS = 3;
const ROUND_MS = 1500;
const TEXT = "Documents are ready to sign";

/** Sends one message to one of the groups. */
export type Send = (groupId: string) => Promise<void>;

/**
 * Messages stored per second: the same rows written with plain SQL, by the backend's own code, and through HTTP. The
 * three take turns, so that their ratio holds on a machine that is busy with other things.
 */
export async function measureSend(): Promise<Figure[]> {
  const embedded = await measureOn("embedded", undefined);
  await using database = await createDatabase();
  return [...embedded, ...(await measureOn("PostgreSQL", database.url))];
}

async function measureOn(engine: string, databaseUrl: string | undefined): Promise<Figure[]> {
  await using stage = await setSendStage(databaseUrl, Math.max(...CLIENTS));
  const ways: Send[] = [await prepareBareSend(stage), (groupId) => sendInCode(stage, groupId), overHttp(stage)];
  const figures: Figure[] = [];
  for (const clients of CLIENTS) {
    const rates = ways.map((): number[] => []);
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [way, send] of ways.entries()) rates[way]?.push(await rateOf(send, stage.groupIds.slice(0, clients)));
    }
    const [bare = 0, code = 0, http = 0] = rates.map(median);
    const ratio = (rate: number) => `${Math.round((rate / bare) * 100)} %`;
    const what = `Sends per second, ${engine}, ${clients} at once: bare SQL / code / HTTP`;
    figures.push({
      what,
      value: `${Math.round(bare)} / ${Math.round(code)} (${ratio(code)}) / ${Math.round(http)} (${ratio(http)})`,
    });
  }
  return figures;
}

async function rateOf(send: Send, groupIds: readonly string[]): Promise<number> {
  let sent = 0;
  const begun = performance.now();
  const end = begun + ROUND_MS;
  await Promise.all(
    groupIds.map(async (groupId) => {
      while (performance.now() < end) {
        await send(groupId);
        sent += 1;
      }
    }),
  );
  return sent / ((performance.now() - begun) / 1000);
}

function sendInCode({ context, member }: SendStage, groupId: string): Promise<void> {
  return inWorkspace(context.database, member.workspaceId, (trx) =>
    sendMessage(context, trx, { member, groupId, message: { id: newId(), text: TEXT } }),
  );
}

function overHttp({ url, token }: SendStage): Send {
  return async (groupId) => {
    const id = newId();
    const answer = await fetch(`${url}/v1/groups/${groupId}/messages`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json", "idempotency-key": id },
      body: JSON.stringify({ id, text: TEXT }),
    });
    await answer.text();
    if (answer.status !== 202) throw new Error(`a send was answered with ${answer.status}`);
  };
}
