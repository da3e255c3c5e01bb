import type { ContactPage, ContactsResolve, ContactsResolved } from "@partyline/contract/contact";
import type { Session } from "@partyline/contract/session";
import type { Result } from "@partyline/domain/result";
import type { CallRefusal, Command } from "./command.ts";
import type { Selection } from "./selection.ts";

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
  /** Fetches the next page of groups (optionally matching a query) into the replica. */
  load_groups(query: string, cursor: string | null): Answer<{ groupIds: string[]; next: string | null }>;
  /** Fetches one group and its latest messages, such as after a click on a notification. */
  load_group(groupId: string): Answer<null>;
  sync_now(): Promise<void>;
  /** Which thread is in front of the user's eyes, so that no notification is raised for it; null when none is. */
  watching(groupId: string | null): Promise<void>;
  set_backend(url: string): Answer<null>;
}

/** What the background tells an open panel. Everything else the panel learns from the replica. */
export type PanelEvent =
  | { kind: "selection"; selection: Selection }
  | { kind: "open_group"; groupId: string }
  /** These people changed in the directory: look them up again if you show them. */
  | { kind: "contacts_changed"; ids: string[] }
  | { kind: "connection"; connection: Connection };

export type Connection =
  | { state: "connected" }
  | { state: "connecting" }
  | { state: "offline"; refusal: CallRefusal }
  | { state: "signed_out" };
