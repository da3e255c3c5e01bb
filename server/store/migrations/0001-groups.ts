import { sql, type Kysely } from "kysely";
import { secureByWorkspace } from "../row-security.ts";

/** Tables whose rows belong to one workspace, each guarded by row-level security. */
const TENANT_TABLES = [
  "users",
  "business_number",
  "contact",
  "contact_phone",
  "opt_out",
  "consent_event",
  "groups",
  "participant",
  "participant_contact",
  "message",
  "delivery",
  "read_state",
  "change_log",
  "idempotency",
  "api_key",
];

export async function up(db: Kysely<unknown>): Promise<void> {
  await createWorkspaceTables(db);
  await createDirectoryTables(db);
  await createGroupTables(db);
  await createRosterTables(db);
  await createMessageTables(db);
  await createLogTables(db);
  await createGroupSearch(db);
  await secureByWorkspace(db, "workspace", "id");
  for (const table of TENANT_TABLES) await secureByWorkspace(db, table);
}

async function createWorkspaceTables(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table workspace (
      id uuid primary key,
      name text not null,
      change_seq bigint not null default 0
    )`.execute(db);
  await sql`
    create table users (
      workspace_id uuid not null references workspace,
      id uuid not null,
      auth_user_id text not null unique,
      name text not null,
      email text not null,
      role text not null check (role in ('admin', 'user')),
      assigned_data_only boolean not null,
      crm_user_id text,
      primary key (workspace_id, id)
    )`.execute(db);
  await sql`
    create table business_number (
      workspace_id uuid not null references workspace,
      id uuid not null,
      number text not null unique,
      label text,
      is_default boolean not null,
      assigned_to uuid,
      connected boolean not null,
      mms boolean not null,
      primary key (workspace_id, id),
      foreign key (workspace_id, assigned_to) references users
    )`.execute(db);
  await sql`
    create table api_key (
      workspace_id uuid not null references workspace,
      id uuid not null,
      label text not null,
      digest text not null unique,
      primary key (workspace_id, id)
    )`.execute(db);
}

async function createDirectoryTables(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table contact (
      workspace_id uuid not null references workspace,
      id text not null,
      name text not null,
      owner_id text,
      do_not_disturb boolean not null,
      sms_status text not null check (sms_status in ('active', 'inactive', 'permanent')),
      phones jsonb not null,
      tags jsonb not null,
      deleted_at timestamptz,
      primary key (workspace_id, id)
    )`.execute(db);
  await sql`create index contact_by_name on contact (workspace_id, lower(name), id)`.execute(db);
  await sql`
    create table contact_phone (
      workspace_id uuid not null,
      phone text not null,
      contact_id text not null,
      primary key (workspace_id, phone, contact_id),
      foreign key (workspace_id, contact_id) references contact
    )`.execute(db);
  await sql`create index contact_phone_by_contact on contact_phone (workspace_id, contact_id)`.execute(db);
  await sql`
    create table opt_out (
      workspace_id uuid not null references workspace,
      business_number text not null,
      phone text not null,
      since timestamptz not null,
      primary key (workspace_id, business_number, phone)
    )`.execute(db);
  await sql`
    create table consent_event (
      workspace_id uuid not null references workspace,
      id uuid not null,
      business_number text not null,
      phone text not null,
      wish text not null,
      raw_text text not null,
      at timestamptz not null,
      primary key (workspace_id, id)
    )`.execute(db);
  await sql`create index consent_event_by_pair on consent_event (workspace_id, business_number, phone, at)`.execute(db);
}

async function createGroupTables(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table groups (
      workspace_id uuid not null references workspace,
      id uuid not null,
      key text not null,
      name text,
      business_number_id uuid not null,
      mode text not null check (mode in ('native', 'relay')),
      created_by uuid,
      origin_group_id uuid,
      created_at timestamptz not null,
      message_seq integer not null default 0,
      inbound_seq integer not null default 0,
      search tsvector not null default '',
      sole_owner text,
      last_activity_at timestamptz not null,
      locked_since timestamptz,
      revision bigint not null,
      primary key (workspace_id, id),
      unique (workspace_id, key),
      foreign key (workspace_id, business_number_id) references business_number,
      foreign key (workspace_id, created_by) references users
    )`.execute(db);
  await sql`create index groups_by_origin on groups (workspace_id, origin_group_id)`.execute(db);
  await sql`create index groups_by_owner on groups (workspace_id, sole_owner, last_activity_at desc, id desc)`.execute(
    db,
  );
  await sql`create index groups_by_words on groups using gin (search)`.execute(db);
  await sql`create index groups_by_activity on groups (workspace_id, last_activity_at desc, id desc)`.execute(db);
}

async function createRosterTables(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table participant (
      workspace_id uuid not null,
      group_id uuid not null,
      id uuid not null,
      phone text not null,
      position integer not null,
      primary key (workspace_id, group_id, id),
      unique (workspace_id, group_id, phone),
      foreign key (workspace_id, group_id) references groups
    )`.execute(db);
  await sql`create index participant_by_phone on participant (workspace_id, phone)`.execute(db);
  await sql`
    create table participant_contact (
      workspace_id uuid not null,
      group_id uuid not null,
      participant_id uuid not null,
      contact_id text not null,
      name text not null,
      primary key (workspace_id, group_id, participant_id, contact_id),
      foreign key (workspace_id, group_id, participant_id) references participant,
      foreign key (workspace_id, contact_id) references contact
    )`.execute(db);
  await sql`create index participant_contact_by_contact on participant_contact (workspace_id, contact_id)`.execute(db);
}

async function createMessageTables(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table message (
      workspace_id uuid not null,
      id uuid not null,
      group_id uuid not null,
      seq integer not null,
      direction text not null check (direction in ('outbound', 'inbound')),
      author_user_id uuid,
      author_participant_id uuid,
      text text not null,
      media jsonb not null,
      created_at timestamptz not null,
      send_state text,
      carrier_message_id text,
      revision bigint not null,
      primary key (workspace_id, id),
      unique (workspace_id, group_id, seq),
      unique (workspace_id, carrier_message_id),
      foreign key (workspace_id, group_id) references groups
    )`.execute(db);
  await sql`create index message_by_words on message using gin (to_tsvector('simple', text))`.execute(db);
  await sql`
    create table delivery (
      workspace_id uuid not null,
      message_id uuid not null,
      participant_id uuid not null,
      state text not null,
      failure text,
      carrier_code text,
      at timestamptz not null,
      primary key (workspace_id, message_id, participant_id),
      foreign key (workspace_id, message_id) references message
    )`.execute(db);
  await sql`
    create table read_state (
      workspace_id uuid not null,
      user_id uuid not null,
      group_id uuid not null,
      seq integer not null,
      primary key (workspace_id, user_id, group_id),
      foreign key (workspace_id, group_id) references groups
    )`.execute(db);
}

async function createLogTables(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table change_log (
      workspace_id uuid not null references workspace,
      seq bigint not null,
      kind text not null,
      group_id uuid,
      subject_id text,
      user_id uuid,
      primary key (workspace_id, seq)
    )`.execute(db);
  await sql`
    create table idempotency (
      workspace_id uuid not null references workspace,
      actor_id text not null,
      key text not null,
      request_digest text not null,
      body jsonb not null,
      created_at timestamptz not null,
      primary key (workspace_id, actor_id, key)
    )`.execute(db);
  await sql`
    create table webhook_event (
      id uuid primary key,
      carrier text not null,
      event_id text not null,
      reference text,
      body jsonb not null,
      received_at timestamptz not null,
      processed_at timestamptz,
      outcome text,
      unique (carrier, event_id)
    )`.execute(db);
}

/**
 * Under row-level security PostgreSQL uses no index for `@@`, lest the operator learn of other workspaces' rows. This
 * runs as the tables' owner, and sees to the workspace itself.
 */
async function createGroupSearch(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function group_ids_matching(words tsquery) returns setof uuid
    language sql stable security definer set search_path = public as $$
      select id from groups
      where workspace_id = nullif(current_setting('app.workspace', true), '')::uuid and search @@ words
      union
      select group_id from message
      where workspace_id = nullif(current_setting('app.workspace', true), '')::uuid and to_tsvector('simple', text) @@ words
    $$`.execute(db);
}
