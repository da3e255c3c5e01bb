import { type Kysely, sql } from "kysely";
import { OWNER_ROLE, WORKSPACE_ROLE } from "../tenant.ts";

/** The two roles every transaction runs in. Neither can log in; the connecting user takes them on. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const role of [WORKSPACE_ROLE, OWNER_ROLE]) {
    const name = sql.id(role);
    // Roles belong to the whole server: another database of it may have made them already, or be
    // making them at this moment.
    await sql`
      do $do$ begin
        if not exists (select from pg_roles where rolname = ${sql.lit(role)}) then
          create role ${name} nologin;
        end if;
      exception when duplicate_object or unique_violation then null;
      end $do$`.execute(db);
    await takeOn(db, role);
    await sql`grant usage on schema public to ${name}`.execute(db);
    await sql`alter default privileges in schema public grant select, insert, update, delete on tables to ${name}`.execute(
      db,
    );
    await sql`alter default privileges in schema public grant usage on sequences to ${name}`.execute(db);
  }
}

/** An administrator may have granted the role already, to a user who may not grant it to anybody, itself included. */
async function takeOn(db: Kysely<unknown>, role: string): Promise<void> {
  await sql`
    do $do$ begin
      grant ${sql.id(role)} to current_user;
    exception when insufficient_privilege then null;
    end $do$`.execute(db);
  await sql`set local role ${sql.id(role)}`.execute(db);
  await sql`reset role`.execute(db);
}
