import { v7 as newId } from "uuid";
import type { Pool, PoolClient } from "pg";
import { sendMessage } from "@partyline/server/messages/send-message";
import { inWorkspace } from "@partyline/server/store/tenant";
import type { Send } from "./send.ts";
import type { SendStage } from "./send-stage.ts";

interface Statement {
  text: string;
  values: unknown[];
}

/** A send as somebody would write it who has no rules to ask and no library between them and the driver. */
export async function prepareBareSend(stage: SendStage): Promise<Send> {
  const { pool } = stage.context.database;
  const workspaceId = stage.member.workspaceId;
  const job = await recordJob(stage);
  const { rows } = await pool.query<{ group_id: string; id: string }>("select group_id, id from participant");
  const rosters = Map.groupBy(rows, (row) => row.group_id);
  return async (groupId) => {
    const client = await pool.connect();
    try {
      const people = (rosters.get(groupId) ?? []).map((row) => row.id);
      await client.query("begin");
      await client.query("select set_config('role', 'partyline_app', true), set_config('app.workspace', $1, true)", [
        workspaceId,
      ]);
      await storeBare(client, { workspaceId, groupId, userId: stage.member.id, people, job });
      await client.query("commit");
    } finally {
      client.release();
    }
  };
}

async function storeBare(
  client: PoolClient,
  send: { workspaceId: string; groupId: string; userId: string; people: string[]; job: Recorded },
): Promise<void> {
  const { workspaceId, groupId, userId, people, job } = send;
  const id = newId();
  const at = new Date();
  await client.query("select id from groups where workspace_id = $1 and id = $2 for update", [workspaceId, groupId]);
  const counted = await client.query<{ change_seq: number }>(
    "update workspace set change_seq = change_seq + 2 where id = $1 returning change_seq",
    [workspaceId],
  );
  const head = counted.rows[0]?.change_seq ?? 0;
  const numbered = await client.query<{ message_seq: number }>(
    `update groups set message_seq = message_seq + 1, last_activity_at = $3, revision = $4
     where workspace_id = $1 and id = $2 returning message_seq`,
    [workspaceId, groupId, at, head - 1],
  );
  await client.query(
    `insert into message (workspace_id, id, group_id, seq, direction, author_user_id, text, media, created_at, send_state, revision)
     values ($1, $2, $3, $4, 'outbound', $5, 'Documents are ready to sign', '[]', $6, 'queued', $7)`,
    [workspaceId, id, groupId, numbered.rows[0]?.message_seq, userId, at, head - 1],
  );
  await client.query(
    `insert into delivery (workspace_id, message_id, participant_id, state, at)
     select $1, $2, unnest($3::uuid[]), 'queued', $4`,
    [workspaceId, id, people, at],
  );
  await client.query(
    `insert into change_log (workspace_id, seq, kind, group_id, subject_id)
     values ($1, $2, 'group', $4, null), ($1, $3, 'message', $4, $5)`,
    [workspaceId, head - 1, head, groupId, id],
  );
  const { text, values } = job({ workspaceId, groupId, messageId: id });
  await client.query(text, values);
}

type Recorded = (payload: { workspaceId: string; groupId: string; messageId: string }) => Statement;

/** The queue's own insert, which nobody writes by hand: as a real send has it, for another message. */
async function recordJob({ context, member, groupIds }: SendStage): Promise<Recorded> {
  const [recordedGroup = ""] = groupIds;
  const recordedMessage = newId();
  const { sent, stop } = listenIn(context.database.pool);
  await inWorkspace(context.database, member.workspaceId, (trx) =>
    sendMessage(context, trx, { member, groupId: recordedGroup, message: { id: recordedMessage, text: "First" } }),
  );
  stop();
  const job = sent.find(({ text }) => /insert into pgboss\./i.test(text));
  if (job === undefined) throw new Error("a send has stored no job");
  const recordedJob = /"id":"([^"]+)"/.exec(String(job.values[0]))?.[1] ?? "";
  return ({ groupId, messageId }) => ({
    text: job.text,
    values: job.values.map((value) =>
      typeof value === "string"
        ? value
            .replaceAll(recordedMessage, messageId)
            .replaceAll(recordedGroup, groupId)
            .replaceAll(recordedJob, newId())
        : value,
    ),
  });
}

/** Keeps what goes out on every connection that is taken from the pool meanwhile. */
function listenIn(pool: Pool): { sent: Statement[]; stop: () => void } {
  const sent: Statement[] = [];
  const heard = new Set<PoolClient>();
  const listen = (client: PoolClient) => {
    if (heard.has(client)) return;
    heard.add(client);
    const query = client.query.bind(client) as (...all: unknown[]) => unknown;
    Object.assign(client, {
      query: (text: unknown, values: unknown, ...rest: unknown[]) => {
        if (typeof text === "string" && Array.isArray(values)) sent.push({ text, values });
        return query(text, values, ...rest);
      },
    });
  };
  pool.on("acquire", listen);
  return {
    sent,
    stop() {
      pool.off("acquire", listen);
      // Uncovers the class's own method again.
      for (const client of heard) Reflect.deleteProperty(client, "query");
    },
  };
}
