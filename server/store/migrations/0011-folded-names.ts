import { fold } from "@partyline/domain/search-text";
import { sql, type Kysely } from "kysely";
import { seeingEveryRow } from "../row-security.ts";

const BATCH = 5_000;

/** People are searched by their names without case, accents and apostrophes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // The default is for rows of before only, until they are filled below.
  await sql`alter table contact add column folded_name text not null default ''`.execute(db);
  await seeingEveryRow(db, async () => {
    let last: ContactRow | undefined = { workspace_id: "00000000-0000-0000-0000-000000000000", id: "", name: "" };
    while (last !== undefined) last = await foldNext(db, last);
  });
  await sql`alter table contact alter column folded_name drop default`.execute(db);
}

interface ContactRow {
  workspace_id: string;
  id: string;
  name: string;
}

async function foldNext(db: Kysely<unknown>, after: ContactRow): Promise<ContactRow | undefined> {
  const { rows } = await sql<ContactRow>`
    select workspace_id, id, name from contact where (workspace_id, id) > (${after.workspace_id}::uuid, ${after.id})
    order by workspace_id, id limit ${BATCH}`.execute(db);
  await sql`
    update contact c set folded_name = f.name
    from unnest(${rows.map((row) => row.workspace_id)}::uuid[], ${rows.map((row) => row.id)}::text[],
      ${rows.map((row) => fold(row.name))}::text[]) as f (workspace_id, id, name)
    where (c.workspace_id, c.id) = (f.workspace_id, f.id)`.execute(db);
  return rows.at(-1);
}
