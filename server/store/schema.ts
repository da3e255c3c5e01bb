import type { ColumnType, Generated } from "kysely";
import type { ContactPhone, SmsStatus } from "@partyline/domain/contact";
import type { ConsentWish } from "@partyline/domain/opt-out";
import type { DirectoryTables } from "./directory-schema.ts";
import type { MessageTables } from "./message-schema.ts";

/** JSON columns go in as text (the driver would make an array of a JavaScript array) and come out parsed. */
type Json<Value> = ColumnType<Value, string, string>;
type Time = ColumnType<Date, Date, Date>;

interface WorkspaceTable {
  id: string;
  name: string;
  /** The head of the change log: bumped inside every transaction that changes something visible. */
  change_seq: Generated<number>;
  /** Changes up to this one are no longer in the log. */
  forgotten_seq: Generated<number>;
}

interface UsersTable {
  workspace_id: string;
  id: string;
  auth_user_id: string;
  name: string;
  email: string;
  role: "admin" | "user";
  assigned_data_only: boolean;
  crm_user_id: string | null;
  /** When the workspace file stopped naming this person; what they wrote keeps their name. */
  left_at: Generated<Date | null>;
  /** When the CRM first named this person, and when it stopped to: who is gone there has nothing here either. */
  crm_seen_at: Generated<Date | null>;
  crm_gone_at: Generated<Date | null>;
}

interface BusinessNumberTable {
  workspace_id: string;
  id: string;
  number: string;
  label: string | null;
  is_default: boolean;
  assigned_to: string | null;
  /** The CRM's id of its holder, where that is nobody who has an account here. */
  assigned_crm_user: Generated<string | null>;
  /** When the CRM first listed it, and when it stopped to: what it never listed is none of its. */
  crm_listed_at: Generated<Date | null>;
  crm_released_at: Generated<Date | null>;
  connected: boolean;
  mms: boolean;
}

interface ContactTable {
  workspace_id: string;
  id: string;
  name: string;
  /** The name as searches compare it: `fold` of the domain. */
  folded_name: string;
  owner_id: string | null;
  do_not_disturb: boolean;
  sms_status: SmsStatus;
  phones: Json<ContactPhone[]>;
  tags: Json<string[]>;
  deleted_at: Time | null;
  /** Null while texting is fine, and for who was on do-not-disturb before this was kept. */
  dnd_since: Generated<Date | null>;
  /** When they last came off it, while we knew them. */
  dnd_lifted_at: Generated<Date | null>;
}

/** Every textable number of every contact that exists, for finding contacts by phone. */
interface ContactPhoneTable {
  workspace_id: string;
  phone: string;
  contact_id: string;
}

interface OptOutTable {
  workspace_id: string;
  business_number: string;
  phone: string;
  since: Time;
}

interface ConsentEventTable {
  workspace_id: string;
  id: string;
  business_number: string;
  phone: string;
  wish: ConsentWish;
  raw_text: string;
  at: Time;
  confirming_since: Generated<Date | null>;
}

interface GroupsTable {
  workspace_id: string;
  id: string;
  /** `groupKey` of the domain: our number and the set of theirs (rule R9). */
  key: string;
  name: string | null;
  business_number_id: string;
  mode: "native" | "relay";
  /** Null for a discovered thread (rule R14), which nobody made. */
  created_by: string | null;
  /** The group this one succeeds (rule R6). */
  origin_group_id: string | null;
  /** The group nearest to a discovered thread; it stays with the group that is made of the thread. */
  nearest_group_id: Generated<string | null>;
  created_at: Time;
  message_seq: Generated<number>;
  /** The number of the last reply, so that unread groups are found without counting. */
  inbound_seq: Generated<number>;
  /** Words and numbers to find the group by, written by `indexGroups`. */
  search: Generated<string>;
  /** The owner of every contact in the group, when they all have the same one; written by `indexGroups`. */
  sole_owner: Generated<string | null>;
  last_activity_at: Time;
  locked_since: Time | null;
  revision: number;
}

interface ParticipantTable {
  workspace_id: string;
  group_id: string;
  id: string;
  phone: string;
  position: number;
}

/** The contacts a participant stands for, with the name as it was frozen. */
interface ParticipantContactTable {
  workspace_id: string;
  group_id: string;
  participant_id: string;
  contact_id: string;
  name: string;
}

interface ReadStateTable {
  workspace_id: string;
  user_id: string;
  group_id: string;
  seq: number;
}

interface ChangeLogTable {
  workspace_id: string;
  seq: number;
  kind: "group" | "group_gone" | "message" | "contact" | "numbers" | "recipes" | "session";
  /** The group the change belongs to, for access; null where it belongs to none. */
  group_id: string | null;
  /** What changed: a message's, contact's or user's id; null where the group itself did. */
  subject_id: string | null;
  /** Only this user is told; null tells everybody who may see it. */
  user_id: string | null;
  at: Generated<Date>;
}

interface IdempotencyTable {
  workspace_id: string;
  actor_id: string;
  key: string;
  request_digest: string;
  body: Json<unknown>;
  created_at: Time;
}

interface WebhookEventTable {
  id: string;
  carrier: string;
  event_id: string;
  reference: string | null;
  body: Json<unknown>;
  received_at: Time;
  processed_at: Time | null;
  /** What became of it: `applied`, or why it was not. */
  outcome: string | null;
}

/** A recipe that an admin keeps for the workspace's own CRM. */
interface OwnRecipeTable {
  workspace_id: string;
  id: string;
  recipe: Json<unknown>;
  saved_by: string;
  saved_at: Time;
}

interface ApiKeyTable {
  workspace_id: string;
  id: string;
  label: string;
  digest: string;
}

export interface Database extends DirectoryTables, MessageTables {
  workspace: WorkspaceTable;
  users: UsersTable;
  business_number: BusinessNumberTable;
  contact: ContactTable;
  contact_phone: ContactPhoneTable;
  opt_out: OptOutTable;
  consent_event: ConsentEventTable;
  groups: GroupsTable;
  participant: ParticipantTable;
  participant_contact: ParticipantContactTable;
  read_state: ReadStateTable;
  change_log: ChangeLogTable;
  idempotency: IdempotencyTable;
  webhook_event: WebhookEventTable;
  api_key: ApiKeyTable;
  own_recipe: OwnRecipeTable;
}
