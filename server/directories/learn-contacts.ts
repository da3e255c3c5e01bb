import { isDeepStrictEqual } from "node:util";
import type { Contact } from "@partyline/domain/contact";
import type { Context } from "../context.ts";
import { changeContacts } from "../directory.ts";
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
    const removed = news.flatMap(({ id, contact }) => (contact === null && known.has(id) ? [id] : []));
    await store(context, trx, workspaceId, { found, removed, known });
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
    await store(context, trx, workspaceId, { found: unasked, removed: [], known });
    const fresh = unasked.filter(({ id }) => !known.has(id));
    await markAsked(
      trx,
      workspaceId,
      fresh.map(({ id }) => ({ id, askedAt: null })),
    );
  });
}

interface News {
  found: readonly Told[];
  removed: readonly string[];
  known: ReadonlyMap<string, KnownContact>;
}

/** All of it at once: groups are held together, before anything is told. */
async function store(context: Storing, trx: Trx, workspaceId: string, { found, removed, known }: News): Promise<void> {
  const written = found.filter((contact) => {
    const before = known.get(contact.id)?.contact;
    return before === undefined || !isDeepStrictEqual(before, { ...contact, deletedAt: null });
  });
  if (written.length + removed.length === 0) return;
  const unseen = new Set(written.map(({ id }) => id).filter((id) => !known.has(id)));
  await changeContacts(context, trx, workspaceId, { written, removed, unseen });
}
