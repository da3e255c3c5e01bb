import { isDeepStrictEqual } from "node:util";
import type { Contact } from "@partyline/domain/contact";
import type { Context } from "../context.ts";
import { removeContact, writeContacts } from "../directory.ts";
import { putContacts } from "../store/contacts.ts";
import { holdKnownContacts, markAsked, type KnownContact } from "../store/directory-contacts.ts";
import { inWorkspace, type Trx } from "../store/tenant.ts";

type Told = Omit<Contact, "deletedAt">;

/** What the CRM said about one contact, and when it was asked; null for one that is not there. */
export interface Answer {
  id: string;
  contact: Told | null;
  askedAt: Date;
}

type Storing = Pick<Context, "database" | "wakeups" | "now">;

/**
 * Brings the contact table up to date with answers of the CRM. An answer to an older question than the one already
 * stored is ignored, and only what really changed is told to anybody: most looks find everything as it was.
 */
export async function learnContacts(context: Storing, workspaceId: string, answers: readonly Answer[]): Promise<void> {
  if (answers.length === 0) return;
  const ids = answers.map((answer) => answer.id);
  await inWorkspace(context.database, workspaceId, async (trx) => {
    const known = await holdKnownContacts(trx, workspaceId, ids);
    const news = answers.filter(({ id, askedAt }) => isNews(askedAt, known.get(id)));
    const found = news.flatMap(({ contact }) => contact ?? []);
    await store(context, trx, workspaceId, found, known);
    for (const { id, contact } of news) {
      if (contact === null && known.has(id)) await removeContact(context, trx, workspaceId, id);
    }
    // Of what never was there, nothing is kept.
    await markAsked(
      trx,
      workspaceId,
      news.filter(({ id, contact }) => contact !== null || known.has(id)),
    );
  });
}

/** Nor is one to a question from before the CRM told of a change; then the next look asks again. */
function isNews(askedAt: Date, known: KnownContact | undefined): boolean {
  const isLater = (known?.askedAt ?? new Date(0)) < askedAt;
  return isLater && (known?.toldAt ?? new Date(0)) <= askedAt;
}

/**
 * Takes in what a list showed. Lists come from an index that lags behind, so they only add people nobody asked for by
 * name yet; what a direct question said stays.
 */
export async function learnFromList(context: Storing, workspaceId: string, listed: readonly Told[]): Promise<void> {
  if (listed.length === 0) return;
  const ids = listed.map((contact) => contact.id);
  await inWorkspace(context.database, workspaceId, async (trx) => {
    const known = await holdKnownContacts(trx, workspaceId, ids);
    const unasked = listed.filter(({ id }) => {
      const one = known.get(id);
      if (one === undefined) return true;
      return one.askedAt === null && one.toldAt === null && one.contact.deletedAt === null;
    });
    await store(context, trx, workspaceId, unasked, known);
    const fresh = unasked.filter(({ id }) => !known.has(id));
    await markAsked(
      trx,
      workspaceId,
      fresh.map(({ id }) => ({ id, askedAt: null })),
    );
  });
}

/** Nobody can have somebody on the screen who was not known: their coming is told to no one. */
async function store(
  context: Storing,
  trx: Trx,
  workspaceId: string,
  contacts: readonly Told[],
  known: ReadonlyMap<string, KnownContact>,
): Promise<void> {
  const { added = [], changed = [] } = Object.groupBy(contacts, (contact) => {
    const before = known.get(contact.id)?.contact;
    if (before === undefined) return "added";
    return isDeepStrictEqual(before, { ...contact, deletedAt: null }) ? "same" : "changed";
  });
  await putContacts(trx, workspaceId, added, context.now());
  if (changed.length > 0) await writeContacts(context, trx, workspaceId, changed);
}
