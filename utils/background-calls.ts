import type { Message } from "@partyline/contract/message";
import type { ContactPage, ContactsResolve, ContactsResolved } from "@partyline/contract/contact";
import type { DirectoryAuthorization, DirectoryState } from "@partyline/contract/directory";
import type { GroupFilter } from "@partyline/contract/group";
import type { Recipe } from "@partyline/contract/recipe";
import type { Session } from "@partyline/contract/session";
import type { CrmAccount } from "@partyline/domain/crm-account";
import type { Result } from "@partyline/domain/result";
import type { CallRefusal, Command } from "./command.ts";
import type { Presence } from "./presence.ts";
import type { Selection } from "./selection.ts";
import type { StructureReport } from "./structure-report.ts";

type Answer<Value> = Promise<Result<Value, CallRefusal>>;

/** Everything the panel and the options page may ask of the background: one message type in each direction. */
export interface BackgroundCalls {
  sign_in(): Answer<Session>;
  sign_out(): Answer<null>;
  /** Puts a write in the outbox and applies it to the replica; never waits for the network. */
  enqueue(command: Command): Promise<void>;
  /** A refused or failed command: try again as it is, or drop it together with its optimistic trace. */
  retry_command(id: string): Promise<void>;
  drop_command(id: string): Promise<void>;
  resolve_contacts(query: ContactsResolve): Answer<ContactsResolved>;
  search_contacts(query: string): Answer<ContactPage>;
  /** Fetches older messages of a group into the replica; answers whether there are still older ones. */
  load_older(groupId: string, beforeSeq: number): Answer<{ more: boolean }>;
  /** Fetches a page of groups into the replica. */
  load_groups(asked: GroupsAsked): Answer<GroupsFound>;
  /** Fetches one group and its latest messages, such as after a click on a notification. */
  load_group(groupId: string): Answer<null>;
  /** Somebody has it before their eyes: the backend then asks the CRM about its people, and tells what changed. */
  look_at_group(groupId: string): Answer<null>;
  sync_now(): Promise<void>;
  /** Which thread is in front of the user's eyes, so that no notification is raised for it; null when none is. */
  watching(groupId: string | null): Promise<void>;
  set_backend(url: string): Answer<null>;
  /** Asks the backend for recipes now, whether or not it is time. */
  check_recipes(): Answer<null>;
  /** For admins: keeps a recipe for the workspace's own CRM, or forgets one. */
  save_recipe(recipe: Recipe): Answer<null>;
  remove_recipe(id: string): Answer<null>;
  /** For admins: where contacts come from, where to say yes to it, by which token, and no more. */
  read_directory(): Answer<DirectoryState>;
  connect_directory(): Answer<DirectoryAuthorization>;
  put_directory_token(token: string): Answer<DirectoryState>;
  disconnect_directory(): Answer<null>;
  /** Shows a contact's own page in the CRM tab; where that takes the panel away, it comes up again with this thread. */
  open_record(url: string, groupId: string): Promise<void>;
  /** Looks at what the page is built of, for whoever corrects its recipe; null where that cannot be seen. */
  report_page(): Promise<StructureReport | null>;
  /** How the extension shows on the site of the page that frames this panel; null where no page does. */
  read_presence(): Promise<{ site: string; presence: Presence } | null>;
  change_presence(changes: Partial<Presence>): Promise<void>;
  /** Enabled sites where the user hid the handle. */
  hidden_handles(): Promise<string[]>;
  show_handle(site: string): Promise<void>;
}

interface GroupsFound {
  groupIds: string[];
  /** For groups that were found by what was said in them: the message. */
  said: Message[];
  next: string | null;
}

export interface GroupsAsked {
  /** Names, numbers or words of messages; empty for all. */
  query: string;
  filter: GroupFilter;
  /** Where the page before ended; null for the first one. */
  cursor: string | null;
}

/** What the background tells an open panel. Everything else the panel learns from the replica. */
export type PanelEvent =
  | { kind: "selection"; selection: Selection }
  /** Only to panels that no page frames. */
  | { kind: "place"; place: Place }
  | Wish
  /** These people changed in the directory: look them up again if you show them. */
  | { kind: "contacts_changed"; ids: string[] }
  | { kind: "connection"; connection: Connection };

/** What a panel is opened for. */
export type Wish =
  | { kind: "open_group"; groupId: string }
  /** What a page's link or selection says, as a stranger wrote it: to be judged before it is used. */
  | { kind: "text_number"; text: string; account: CrmAccount | null };

/** The tab that a panel follows: a page of an enabled site, or one to leave alone. */
export type Place =
  | { state: "crm" }
  /** `origin` is null where it is not known, or no site that could be enabled. */
  | { state: "stranger"; origin: string | null };

export type Connection =
  | { state: "connected" }
  | { state: "connecting" }
  | { state: "offline"; refusal: CallRefusal }
  | { state: "signed_out" };
