import type { Contact } from "@partyline/domain/contact";
import type { CrmAccount } from "@partyline/domain/crm-account";
import type { E164 } from "@partyline/domain/phone-number";
import type { ContactSearch } from "../store/contacts.ts";

/** A user of the CRM, as the CRM has them. */
export interface DirectoryUser {
  /** The CRM's id, by which a user here is matched. */
  crmUserId: string;
  name: string;
  role: "admin" | "user";
  /** Null where the CRM does not say: then it stays as it is. */
  assignedDataOnly: boolean | null;
  /** Still named, but no longer there. */
  deleted: boolean;
}

/** A business number, as the CRM has it. */
export interface DirectoryNumber {
  number: E164;
  label: string | null;
  isDefault: boolean;
  /** The CRM's user it belongs to; null for nobody. */
  crmUserId: string | null;
  mms: boolean;
}

export interface Resolved {
  /** Deleted ones that were known before included. */
  contacts: Contact[];
  /** Which of them has which asked phone. */
  byPhone: { phone: E164; contactId: string }[];
  /** Asked by id and not known before, of whom the source said nothing that could be understood; the others are answered. */
  unreadable: UnreadableContact[];
}

export interface UnreadableContact {
  id: string;
  /** The record itself, or no answer about it just now. */
  reason: "unreadable_contact" | "unanswered_contact";
}

/**
 * Where a workspace's contacts come from. Whatever the source, rules and groups are judged on the `contact` table; a
 * directory brings it up to date before it answers from it. Never call one inside a transaction.
 */
export interface Directory {
  readonly kind: "built_in" | "highlevel";
  /** The CRM's account whose contacts these are; null where they are kept here. */
  readonly account: CrmAccount | null;
  /** Whether contacts are written here, through our own API. */
  readonly writable: boolean;
  resolve: (wanted: { ids: readonly string[]; phones: readonly E164[] }) => Promise<Resolved>;
  search: (search: ContactSearch) => Promise<{ contacts: Contact[]; total: number }>;
  get: (id: string) => Promise<Contact | undefined>;
  /**
   * Brings people known here, and whoever else has these numbers, up to date, as far as the source answers within this
   * time; what it says later is taken in when it comes. Never fails because of the source: then they stay as known.
   */
  look: (people: { ids: readonly string[]; phones: readonly E164[] }, withinMs: number) => Promise<void>;
  users: () => Promise<DirectoryUser[]>;
  numbers: () => Promise<DirectoryNumber[]>;
}

/** The directory outside could not be asked; what is known here stays as it was. */
export abstract class DirectoryError extends Error {
  abstract readonly code: "directory_not_connected" | "directory_unavailable" | "directory_limited";
}

/** Nobody connected it, or the CRM takes our token no longer: an admin has to connect it (again). */
export class DirectoryNotConnectedError extends DirectoryError {
  override name = "DirectoryNotConnectedError";
  readonly code = "directory_not_connected";
}

/** It does not answer, or has no more calls for us today. */
export class DirectoryUnavailableError extends DirectoryError {
  override name = "DirectoryUnavailableError";
  readonly code = "directory_unavailable";
}

/** It takes no more calls for a while, longer than somebody in front of a screen waits. */
export class DirectoryLimitedError extends DirectoryError {
  override name = "DirectoryLimitedError";
  readonly code = "directory_limited";
  /** Seconds until it is worth another try. */
  readonly retryAfter: number;

  constructor(message: string, retryAfter: number) {
    super(message);
    this.retryAfter = retryAfter;
  }
}

/** It answers something this program does not understand; guessing could text people who do not want it. */
export class DirectoryAnswerError extends DirectoryError {
  override name = "DirectoryAnswerError";
  readonly code = "directory_unavailable";
}

/** A write went out and no answer of the CRM's own came back: whether it was done is not known, and never will be. */
export class DirectoryOutcomeUnknownError extends DirectoryError {
  override name = "DirectoryOutcomeUnknownError";
  readonly code = "directory_unavailable";
}
