import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { removeContact } from "../directory.ts";
import { inWorkspace } from "../store/tenant.ts";
import { createWakeups } from "../store/wakeups.ts";
import { databases, type TestDatabase } from "../testing/databases.ts";

const WORKSPACE = "0190a000-0000-7000-8000-000000000001";
const NOW = new Date("2026-03-04T17:00:00Z");
/** More rows than a statement of the change log has parameters for. */
const CROWD = 11_000;

describe.each(databases)("somebody who is in very many groups, on $name", ({ open }) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await open();
    for (const statement of crowd()) await database.pool.query(statement);
  });
  afterEach(() => database.close());

  test("locks them all when they leave the directory, each under a number of its own", async () => {
    const wakeups = await createWakeups(database, { onError: (error) => database.errors.push(error) });
    const context = { wakeups, now: () => NOW };
    await inWorkspace(database, WORKSPACE, (trx) => removeContact(context, trx, WORKSPACE, "dana"));
    wakeups.close();
    const ask = async (query: string) => (await database.pool.query(query)).rows;
    expect(await ask("select count(*)::int as n from groups where locked_since is not null")).toEqual([{ n: CROWD }]);
    expect(
      await ask(`
        select kind, count(distinct group_id)::int as groups, min(seq)::int as first, max(seq)::int as last
        from change_log group by kind order by first`),
    ).toEqual([
      { kind: "group", groups: CROWD, first: 1, last: CROWD },
      { kind: "contact", groups: 0, first: CROWD + 1, last: CROWD + 1 },
    ]);
    expect(await ask("select change_seq::int as head from workspace")).toEqual([{ head: CROWD + 1 }]);
    expect(database.errors).toEqual([]);
  });
});

function crowd(): string[] {
  const id = (prefix: string, of: string) => `('${prefix}0a000-0000-7000-8000-' || lpad(${of}::text, 12, '0'))::uuid`;
  const [workspace, number] = [`'${WORKSPACE}'`, `'${WORKSPACE.replace(/1$/u, "b")}'`];
  const every = `from generate_series(1, ${CROWD}) n`;
  return [
    `insert into workspace values (${workspace}, 'ours')`,
    `insert into business_number values (${workspace}, ${number}, '+14155550100', null, true, null, true, true)`,
    `insert into contact values
      (${workspace}, 'dana', 'Dana Wu', null, false, 'active', '[{"number": "+14155550142", "label": null, "primary": true}]', '[]', null, 'dana wu')`,
    `insert into groups (workspace_id, id, key, business_number_id, mode, created_at, last_activity_at, revision)
      select ${workspace}, ${id("019", "n")}, n::text, ${number}, 'native', now(), now(), 0 ${every}`,
    `insert into participant
      select ${workspace}, ${id("019", "n")}, ${id("029", "n")}, '+14155550142', 0 ${every}`,
    `insert into participant_contact
      select ${workspace}, ${id("019", "n")}, ${id("029", "n")}, 'dana', 'Dana Wu' ${every}`,
  ];
}
