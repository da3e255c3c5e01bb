import { sql, type Kysely } from "kysely";
import { secureByWorkspace } from "../row-security.ts";

/** Where a workspace's contacts come from, and what it takes to ask there. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Without a row the workspace uses the built-in directory.
  await sql`
    create table directory_setting (
      workspace_id uuid primary key references workspace,
      kind text not null check (kind in ('highlevel')),
      location_id text not null unique,
      timeline_copies boolean not null,
      people_synced_at timestamptz
    )`.execute(db);
  await sql`
    create table directory_connection (
      workspace_id uuid primary key references directory_setting,
      kind text not null check (kind in ('oauth', 'private_token')),
      state text not null check (state in ('connected', 'broken')),
      access_token text not null,
      refresh_token text,
      access_expires_at timestamptz,
      refreshing_by uuid,
      refreshing_until timestamptz,
      connected_at timestamptz not null,
      connected_by uuid not null
    )`.execute(db);
  await sql`
    create table directory_authorization (
      workspace_id uuid not null references directory_setting,
      state_digest text not null unique,
      user_id uuid not null,
      expires_at timestamptz not null,
      primary key (workspace_id, state_digest)
    )`.execute(db);
  // When the CRM was asked for what the contact table says; absent for contacts known from a list only.
  await sql`
    create table directory_contact (
      workspace_id uuid not null,
      contact_id text not null,
      asked_at timestamptz,
      primary key (workspace_id, contact_id),
      foreign key (workspace_id, contact_id) references contact
    )`.execute(db);
  await sql`create index directory_contact_by_age on directory_contact (workspace_id, asked_at)`.execute(db);
  // Belongs to somebody of the CRM who has no account here: to nobody here, and yet not to everybody.
  await sql`alter table business_number add column assigned_crm_user text`.execute(db);
  for (const table of ["directory_setting", "directory_connection", "directory_authorization", "directory_contact"]) {
    await secureByWorkspace(db, table);
  }
}
