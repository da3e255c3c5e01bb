import { fold } from "@partyline/domain/search-text";
import type { Context } from "@partyline/server/context";
import { indexGroups } from "@partyline/server/store/group-search";
import { asOwner, inWorkspace, runSql, type Trx } from "@partyline/server/store/tenant";
import { WORKSPACE } from "@partyline/server/testing/backend";

const GROUPS = 100_000;
const CONTACTS = 20_000;
const BATCH = 5_000;

/** Every group has four people and three messages; each of these words is in a share of them. */
const FIRST_NAMES = ["James", "Maria", "Priya", "Luis", "Dana", "Tom", "Jürgen", "Aisha", "Wei", "Olga"];
const LAST_NAMES = ["Wu", "Ortega", "Nair", "Ray", "Kim", "Müller", "Haddad", "Chen", "Petrova", "Silva", "Jones"];
const TALK = [
  "closing moved to Friday",
  "documents are ready to sign",
  "see you at the house",
  "the inspector was here",
];

/**
 * Fills a workspace with groups as years of use would: a tenth of the contacts are Cleo's, who sees assigned data only,
 * a twentieth of the groups hers alone, few are unread, fewer locked. Written with plain SQL, since making each by the
 * rules would take an hour.
 */
export async function fillWithGroups(context: Context): Promise<void> {
  await asOwner(context.database, async (owner) => {
    await write(owner)`set local statement_timeout = 0`;
    await addContacts(owner);
    await addGroups(owner);
    await addMessages(owner);
  });
  await indexAll(context);
  await context.database.pool.query("analyze");
}

async function addContacts(owner: Trx): Promise<void> {
  await write(owner)`
    insert into contact (workspace_id, id, name, folded_name, owner_id, do_not_disturb, sms_status, phones, tags)
    select ${WORKSPACE.id}, 'c-' || n,
      (${FIRST_NAMES}::text[])[1 + n % 10] || ' ' || (${LAST_NAMES}::text[])[1 + n % 11] || ' ' || n,
      (${FIRST_NAMES.map(fold)}::text[])[1 + n % 10] || ' ' || (${LAST_NAMES.map(fold)}::text[])[1 + n % 11] || ' ' || n,
      case when n % 10 = 0 then 'u-cleo' when n % 3 = 0 then 'u-ben' else 'u-ava' end, false, 'inactive',
      jsonb_build_array(jsonb_build_object('number', '+1303' || (2000000 + n), 'label', null, 'primary', true)), '[]'
    from generate_series(1, ${CONTACTS}) n`;
}

async function addGroups(owner: Trx): Promise<void> {
  const [ava, ben] = WORKSPACE.users;
  await write(owner)`
    insert into groups (workspace_id, id, key, name, business_number_id, mode, created_by, created_at, message_seq,
      inbound_seq, last_activity_at, locked_since, revision)
    select ${WORKSPACE.id}, gen_random_uuid(), 'bench:' || g, case when g % 3 = 0 then 'Oak Street ' || g end,
      ${WORKSPACE.numbers[0]?.id}, 'native', case when g % 5 = 0 then ${ben?.id}::uuid else ${ava?.id}::uuid end,
      now() - g * interval '5 minutes', 3, case when g % 4 = 0 then 3 else 0 end, now() - g * interval '5 minutes',
      case when g % 1000 = 7 then now() end, 1
    from generate_series(1, ${GROUPS}) g`;
  // Everybody but a few of the replied-to groups was read by everybody.
  for (const { id } of WORKSPACE.users) {
    await write(owner)`insert into read_state (workspace_id, user_id, group_id, seq)
      select workspace_id, ${id}, id, 3 from groups where substr(key, 7)::int % 200 <> 0`;
  }
  // The k-th person of group g: in every twentieth group one of Cleo's.
  await write(owner)`
    insert into participant (workspace_id, group_id, id, phone, position)
    select workspace_id, id, gen_random_uuid(), '+1303' || (2000000 + case when g % 20 = 0 then 10 * (1 + (g / 20 * 7 + k * 501) % 2000) else 1 + (g * 7 + k * 4999) % ${CONTACTS} end), k
    from groups, generate_series(0, 3) k, lateral (select substr(key, 7)::int as g) numbered`;
  await write(owner)`
    insert into participant_contact (workspace_id, group_id, participant_id, contact_id, name)
    select p.workspace_id, p.group_id, p.id, c.id, c.name
    from participant p join contact c on c.workspace_id = p.workspace_id
      and c.id = 'c-' || (right(p.phone, 7)::int - 2000000)`;
}

async function addMessages(owner: Trx): Promise<void> {
  await write(owner)`
    insert into message (workspace_id, id, group_id, seq, direction, author_user_id, author_participant_id, text, media,
      created_at, send_state, revision)
    select g.workspace_id, gen_random_uuid(), g.id, seq, case when inbound then 'inbound' else 'outbound' end,
      case when not inbound then ${WORKSPACE.users[0]?.id}::uuid end, case when inbound then p.id end,
      (${TALK}::text[])[1 + (substr(key, 7)::int + seq) % 4] || ', file ' || substr(key, 7), '[]',
      g.created_at + seq * interval '1 second', case when not inbound then 'sent' end, 1
    from groups g join participant p on (p.workspace_id, p.group_id, p.position) = (g.workspace_id, g.id, 0),
      generate_series(1, 3) seq, lateral (select seq = 3 and g.inbound_seq = 3 as inbound) said`;
  await write(owner)`
    insert into delivery (workspace_id, message_id, participant_id, state, at)
    select m.workspace_id, m.id, p.id, 'delivered', m.created_at from message m
    join participant p on (p.workspace_id, p.group_id) = (m.workspace_id, m.group_id)
    where m.seq = 3 and m.direction = 'outbound'`;
}

async function indexAll({ database }: Context): Promise<void> {
  const ids = await inWorkspace(database, WORKSPACE.id, (trx) => trx.selectFrom("groups").select("id").execute());
  for (let at = 0; at < ids.length; at += BATCH) {
    const batch = ids.slice(at, at + BATCH).map(({ id }) => id);
    await inWorkspace(database, WORKSPACE.id, async (trx) => {
      await write(trx)`set local statement_timeout = 0`;
      await indexGroups(trx, WORKSPACE.id, batch);
    });
  }
}

/** One statement, its values apart from its text. */
function write(trx: Trx) {
  return (texts: TemplateStringsArray, ...values: unknown[]) =>
    runSql(
      trx,
      texts.reduce((whole, text, index) => `${whole}$${index}${text}`),
      values,
    );
}
