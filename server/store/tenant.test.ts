import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { databases, type TestDatabase } from "../testing/databases.ts";
import { migrate } from "./migrate.ts";
import { secureByWorkspace } from "./row-security.ts";
import { afterCommit, asOwner, inWorkspace, type Trx } from "./tenant.ts";

const OURS = "0190a000-0000-7000-8000-000000000001";
const THEIRS = "0190a000-0000-7000-8000-000000000002";

describe.each(databases)("a transaction on $name", ({ open }) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await open();
    await migrate(database, {
      ...(await released()),
      "9999-notes": {
        up: async (db) => {
          await sql`create table note (workspace_id uuid not null, text text not null, primary key (workspace_id, text))`.execute(
            db,
          );
          await secureByWorkspace(db, "note");
        },
      },
    });
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
});

async function released() {
  return (await import("./migrations/all.ts")).migrations;
}
async function add(trx: Trx, workspace: string, text: string): Promise<void> {
  await sql`insert into note values (${workspace}, ${text})`.execute(trx);
}
async function texts(trx: Trx): Promise<string[]> {
  const { rows } = await sql<{ text: string }>`select text from note order by text`.execute(trx);
  return rows.map(({ text }) => text);
}
void afterCommit;
