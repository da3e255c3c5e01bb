import { setTimeout as sleepFor } from "node:timers/promises";
import type { Contact } from "@partyline/domain/contact";
import type { CrmAccount } from "@partyline/domain/crm-account";
import type { Context } from "../../context.ts";
import { findContactIdsByPhone, findContacts, type ContactSearch } from "../../store/contacts.ts";
import { findKnownContacts } from "../../store/directory-contacts.ts";
import { inWorkspace } from "../../store/tenant.ts";
import {
  DirectoryAnswerError,
  DirectoryError,
  DirectoryNotConnectedError,
  DirectoryUnavailableError,
  type Directory,
  type UnreadableContact,
} from "../directory.ts";
import { learnContacts, learnFromList, type Answer } from "../learn-contacts.ts";
import { idsWithPhones, learnHolders } from "./by-number.ts";
import type { HighLevelClient } from "./client.ts";
import type { OpenQuestions } from "./open-questions.ts";
import type { Urgency } from "./request-gate.ts";

export type Asking = Pick<Context, "database" | "wakeups" | "now" | "log"> & {
  workspaceId: string;
  account: CrmAccount;
  client: HighLevelClient;
  questions: OpenQuestions<AskedAnswer>;
  /** Who else has some numbers. */
  holderQuestions: OpenQuestions<string[]>;
};

export type AskedAnswer = Answer & { isLearned: boolean };

/** For so long nobody asks again; webhooks tell sooner of what matters. */
const FRESH_MS = 30_000;
/** A little longer than one call is waited for, so that it can say itself what is wrong. */
const PATIENCE_MS = 13_000;

/** HighLevel's contacts; the contact table is a cache of them that is brought up to date before it answers. */
export function highLevelDirectory(asking: Asking): Directory {
  const { database, workspaceId, account, client } = asking;
  const read = (ids: readonly string[]) =>
    inWorkspace(database, workspaceId, (trx) => findContacts(trx, workspaceId, ids));
  return {
    kind: "highlevel",
    account,
    writable: false,
    async resolve({ ids, phones }) {
      const wanted = [...ids, ...(await idsWithPhones(asking, phones))];
      const unreadable = unreadableOf(await freshen(asking, wanted), wanted);
      return inWorkspace(database, workspaceId, async (trx) => {
        const byPhone = await findContactIdsByPhone(trx, workspaceId, phones);
        const found = [...ids, ...byPhone.map((pair) => pair.contactId)];
        return { contacts: await findContacts(trx, workspaceId, found), byPhone, unreadable };
      });
    },
    search: (search) => searchFor(asking, search),
    async get(id) {
      const failure = (await freshen(asking, [id])).get(id);
      if (failure !== undefined) throw failure;
      return (await read([id])).at(0);
    },
    look: (people, withinMs) => look(asking, people, withinMs),
    users: () => client.users("now"),
    numbers: () => client.numbers("now"),
  };
}

/** The CRM's own order and total; a page shorter than asked for is the last. */
async function searchFor(asking: Asking, search: ContactSearch): Promise<{ contacts: Contact[]; total: number }> {
  const { database, workspaceId, client } = asking;
  const { contacts: listed, total } = await client.list({
    query: search.query,
    assignedTo: search.ownerId,
    phones: [],
    urgency: "now",
    page: Math.floor(search.offset / search.limit) + 1,
    pageSize: search.limit,
  });
  await learnFromList(asking, workspaceId, listed);
  const ids = listed.map((contact) => contact.id);
  const found = await inWorkspace(database, workspaceId, (trx) => findContacts(trx, workspaceId, ids));
  const byId = new Map(found.map((contact) => [contact.id, contact]));
  const contacts = ids.flatMap((id) => byId.get(id) ?? []);
  // The index may still list somebody who was deleted, or found under an owner they no longer have.
  const now = contacts.filter(
    ({ deletedAt, ownerId }) => deletedAt === null && (search.ownerId === null || ownerId === search.ownerId),
  );
  return { contacts: now, total: Math.max(0, total - (contacts.length - now.length)) };
}

/**
 * Asks for those nobody asked for lately. Where the CRM does not answer, somebody known stays as known.
 * @returns why not, for those who are not known either
 */
async function freshen(asking: Asking, ids: readonly string[]): Promise<Map<string, DirectoryError>> {
  const { database, workspaceId, now, log } = asking;
  const wanted = [...new Set(ids)];
  const known = await inWorkspace(database, workspaceId, (trx) => findKnownContacts(trx, workspaceId, wanted));
  const since = new Date(now().getTime() - FRESH_MS);
  const stale = wanted.filter((id) => (known.get(id)?.askedAt ?? new Date(0)) < since);
  const outcomes = await Promise.all(stale.map((id) => ask(asking, id)));
  await learnContacts(
    asking,
    workspaceId,
    outcomes.flatMap((outcome) => (outcome instanceof DirectoryError ? [] : outcome)),
  );
  const failed = stale.flatMap((id, index) => {
    const outcome = outcomes[index];
    return outcome instanceof DirectoryError ? [{ id, failure: outcome }] : [];
  });
  for (const { failure } of failed) log.warn({ reason: failure.code }, "a contact of the CRM could not be asked for");
  return new Map(failed.filter(({ id }) => !known.has(id)).map(({ id, failure }) => [id, failure]));
}

/**
 * One record that cannot be read, or that the CRM stumbles over, must not hide the others. Where it says nothing about
 * anybody, it is the CRM that fails.
 */
function unreadableOf(failed: ReadonlyMap<string, DirectoryError>, wanted: readonly string[]): UnreadableContact[] {
  const failures = [...failed];
  const nobody = failures.length === new Set(wanted).size;
  for (const [, failure] of failures) {
    const isItself = failure instanceof DirectoryAnswerError;
    if (failure instanceof DirectoryNotConnectedError || (nobody && !isItself)) throw failure;
  }
  return failures.map(([id, failure]) => ({
    id,
    reason: failure instanceof DirectoryAnswerError ? "unreadable_contact" : "unanswered_contact",
  }));
}

type People = Parameters<Directory["look"]>[0];

async function look(asking: Asking, people: People, withinMs: number): Promise<void> {
  const looks = [lookAtEach(asking, people.ids), lookAtOthers(asking, people)];
  const done = Promise.all(looks).catch((error: unknown) =>
    asking.log.error({ name: error instanceof Error ? error.name : typeof error }, "a look at a group's people failed"),
  );
  const timeUp = new AbortController();
  await Promise.race([done, sleepFor(withinMs, undefined, { signal: timeUp.signal }).catch(() => undefined)]);
  timeUp.abort();
}

/** Each is learned as its answer comes, so that one that is slow holds up no other. */
async function lookAtEach(asking: Asking, ids: readonly string[]): Promise<void> {
  const { workspaceId, log } = asking;
  // The question stays open until its answer is learned: nobody who finds somebody stale meanwhile asks a second time.
  const question = async (id: string) => {
    const answer = await askFor(asking, id, "soon");
    await learnContacts(asking, workspaceId, [answer]);
    return { ...answer, isLearned: true };
  };
  const looks = ids.map(async (id) => {
    const outcome = await asking.questions.ask(id, () => question(id));
    if (outcome instanceof DirectoryError) log.warn({ reason: outcome.code }, "a group's person stays as last known");
    else if (!outcome.isLearned) await learnContacts(asking, workspaceId, [outcome]);
  });
  await Promise.all(looks);
}

/** Whoever else has the numbers: do-not-disturb counts for all of them. */
async function lookAtOthers(asking: Asking, { ids, phones }: People): Promise<void> {
  if (phones.length === 0) return;
  const { holderQuestions, now, log } = asking;
  const askedBefore = new Date(now().getTime() - FRESH_MS);
  const others = await holderQuestions.ask(phones.toSorted().join(), () =>
    learnHolders(asking, { phones, askedBefore, urgency: "soon" }),
  );
  if (!(others instanceof DirectoryError)) {
    return lookAtEach(
      asking,
      others.filter((id) => !ids.includes(id)),
    );
  }
  log.warn({ reason: others.code }, "who else has a group's numbers stays as last known");
}

/** Whoever is asked about for a group's sake at this moment is waited for no longer than one asked about for somebody. */
async function ask(asking: Asking, id: string): Promise<Answer | DirectoryError> {
  const timeUp = new AbortController();
  const late = sleepFor(PATIENCE_MS, undefined, { signal: timeUp.signal }).then(
    () => new DirectoryUnavailableError("The CRM does not answer in time."),
  );
  return Promise.race([askSoonest(asking, id), late]).finally(() => timeUp.abort());
}

function askSoonest(asking: Asking, id: string): Promise<Answer | DirectoryError> {
  return asking.questions.ask(id, async () => ({ ...(await askFor(asking, id, "now")), isLearned: false }));
}

/** One contact, as the CRM has it now. */
export async function askFor(
  { client, now }: Pick<Asking, "client" | "now">,
  id: string,
  urgency: Urgency,
): Promise<Answer & { dateUpdated: string | null }> {
  const askedAt = now();
  const found = await client.contact(id, urgency);
  return { id, contact: found?.contact ?? null, askedAt, dateUpdated: found?.dateUpdated ?? null };
}
