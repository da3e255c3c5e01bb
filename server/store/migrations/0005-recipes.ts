import { sql, type Kysely } from "kysely";
import { secureByWorkspace } from "../row-security.ts";

/** Recipes that an admin keeps for the workspace's own CRM. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table own_recipe (
      workspace_id uuid not null references workspace,
      id text not null,
      recipe jsonb not null,
      saved_by uuid not null,
      saved_at timestamptz not null,
      primary key (workspace_id, id)
    )`.execute(db);
  await secureByWorkspace(db, "own_recipe");
}
