import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { databases, type TestDatabase } from "../testing/databases.ts";
import { migrate } from "./migrate.ts";
import { migrations } from "./migrations/all.ts";
import { secureByWorkspace } from "./row-security.ts";
import { afterCommit, asOwner, inWorkspace, runSql, type Trx } from "./tenant.ts";

const OURS = "0190a000-0000-7000-8000-000000000001";
const THEIRS = "0190a000-0000-7000-8000-000000000002";

describe.each(databases)("a transaction on $name", ({ open }) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await open();
    await migrate(database, { ...migrations, "9999-notes": { up: createNotes } });
    await asOwner(database, async (trx) => {
      await add(trx, OURS, "ours");
      await add(trx, THEIRS, "theirs");
    });
  });
  afterAll(() => database.close());

  test("sees only its workspace's rows without any where", async () => {
    expect(await inWorkspace(database, OURS, texts)).toEqual(["ours"]);
    expect(await inWorkspace(database, THEIRS, texts)).toEqual(["theirs"]);
  });

  test("cannot add a row to another workspace", async () => {
    await expect(inWorkspace(database, OURS, (trx) => add(trx, THEIRS, "smuggled"))).rejects.toMatchObject({
      code: "42501",
    });
  });

  test("cannot move its rows to another workspace, nor touch theirs", async () => {
    const move = inWorkspace(database, OURS, (trx) => runSql(trx, "update note set workspace_id = $1", [THEIRS]));
    await expect(move).rejects.toMatchObject({ code: "42501" });
    const touch = "update note set text = 'changed' where workspace_id = $1 returning text";
    expect(await inWorkspace(database, OURS, (trx) => runSql(trx, touch, [THEIRS]))).toEqual([]);
  });

  test("sees every workspace as the owner", async () => {
    expect(await asOwner(database, texts)).toEqual(["ours", "theirs"]);
  });

  test("leaves nothing of its workspace to the next user of the connection", async () => {
    await inWorkspace(database, OURS, texts);
    const { rows } = await database.pool.query(
      "select current_user::text as role, current_setting('app.workspace', true) as workspace",
    );
    expect(rows).toEqual([{ role: "postgres", workspace: "" }]);
  });

  test("keeps nothing when it throws", async () => {
    const attempt = inWorkspace(database, OURS, async (trx) => {
      await add(trx, OURS, "half done");
      throw new Error("changed its mind");
    });
    await expect(attempt).rejects.toThrow("changed its mind");
    expect(await inWorkspace(database, OURS, texts)).toEqual(["ours"]);
  });

  test("tells what the database refused by its code", async () => {
    await expect(inWorkspace(database, OURS, (trx) => add(trx, OURS, "ours"))).rejects.toMatchObject({
      code: "23505",
      constraint: "note_pkey",
    });
  });

  test("runs what was asked for after the commit, and only then", async () => {
    const seen: string[] = [];
    await inWorkspace(database, OURS, async (trx) => {
      afterCommit(trx, () => seen.push("committed"));
      await texts(trx);
      seen.push("working");
    });
    const failing = inWorkspace(database, OURS, async (trx) => {
      afterCommit(trx, () => seen.push("never"));
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(seen).toEqual(["working", "committed"]);
  });
});

async function createNotes(db: Parameters<typeof secureByWorkspace>[0]): Promise<void> {
  await sql`create table note (workspace_id uuid, text text, primary key (workspace_id, text))`.execute(db);
  await secureByWorkspace(db, "note");
}

async function add(trx: Trx, workspaceId: string, text: string): Promise<void> {
  await sql`insert into note values (${workspaceId}, ${text})`.execute(trx);
}

async function texts(trx: Trx): Promise<string[]> {
  const { rows } = await sql<{ text: string }>`select text from note order by text`.execute(trx);
  return rows.map(({ text }) => text);
}
