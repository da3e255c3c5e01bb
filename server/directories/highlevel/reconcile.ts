import type { Context } from "../../context.ts";
import { copyToTimelines, reconcileDirectory } from "../../jobs/kinds.ts";
import { findNumbersInGroups, findStaleParticipants, markAsked } from "../../store/directory-contacts.ts";
import { findConnection } from "../../store/directory-connections.ts";
import { findDirectorySetting, listConnectedWorkspaces } from "../../store/directory-settings.ts";
import { asOwner, inWorkspace } from "../../store/tenant.ts";
import { DirectoryAnswerError, DirectoryError, DirectoryUnavailableError } from "../directory.ts";
import { learnContacts } from "../learn-contacts.ts";
import { learnHolders } from "./by-number.ts";
import type { HighLevelClient } from "./client.ts";
import { askFor } from "./highlevel.ts";
import { failureOf } from "./open-questions.ts";
import { signOutGone, syncPeople } from "./sync-people.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** An app's webhooks tell within seconds, so this only finds what they missed; a private token comes without any. */
const ASK_AFTER_MS = { oauth: 12 * HOUR_MS, private_token: 15 * MINUTE_MS };
/** Nobody writes in a group that was silent for so long; its people are looked at again when somebody does. */
const ACTIVE_FOR_MS = 90 * DAY_MS;
/** At one run a minute at most a third of the day's calls, far fewer in any workspace we know of. */
const BATCH = 50;
/** One contact the CRM stumbles over must not keep it from the others; several in a row, and it is the CRM itself. */
const FAILURES_MAX = 3;

/** Sees to it that a run waits for each connected workspace, whichever replica takes it. */
export function startReconciling(context: Context, onError: (error: Error) => void): () => void {
  const enqueue = () =>
    asOwner(context.database, async (owner) => {
      for (const workspaceId of await listConnectedWorkspaces(owner)) {
        await context.queue.enqueue(owner, reconcileDirectory, { workspaceId }, { key: workspaceId });
        await context.queue.enqueue(owner, copyToTimelines, { workspaceId }, { key: workspaceId });
      }
    }).catch(onError);
  const timer = setInterval(() => void enqueue(), MINUTE_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/**
 * Asks once more for the people of active groups nobody asked for lately, a few at a time, and daily for the users. Who
 * waits to be asked for, because a webhook could not be applied, comes first and at once.
 */
export async function reconcile(context: Context, workspaceId: string): Promise<void> {
  const client = await context.directories.highLevelOf(workspaceId);
  if (client === null) return;
  const now = context.now().getTime();
  const { ids, askedBefore, setting } = await inWorkspace(context.database, workspaceId, async (trx) => {
    const connection = await findConnection(trx, workspaceId);
    const askedBefore = new Date(now - ASK_AFTER_MS[connection?.kind ?? "oauth"]);
    return {
      askedBefore,
      setting: await findDirectorySetting(trx, workspaceId),
      ids: await findStaleParticipants(trx, workspaceId, {
        activeSince: new Date(now - ACTIVE_FOR_MS),
        askedBefore,
        limit: BATCH,
      }),
    };
  });
  await lookAgainAt(context, workspaceId, client, ids);
  await lookAgainAt(
    context,
    workspaceId,
    client,
    await otherHolders(context, workspaceId, { client, ids, askedBefore }),
  );
  if (setting?.peopleSyncedAt && setting.peopleSyncedAt.getTime() > now - DAY_MS) return;
  const told = { users: await client.users("whenever"), numbers: await client.numbers("whenever") };
  await inWorkspace(context.database, workspaceId, (trx) => syncPeople(context, trx, workspaceId, told));
  await signOutGone(context, workspaceId);
}

/** Whoever else has the numbers these people have in groups: do-not-disturb counts for all of them. */
async function otherHolders(
  context: Context,
  workspaceId: string,
  { client, ids, askedBefore }: { client: HighLevelClient; ids: readonly string[]; askedBefore: Date },
): Promise<string[]> {
  const phones = await inWorkspace(context.database, workspaceId, (trx) => findNumbersInGroups(trx, workspaceId, ids));
  const asked = { phones, askedBefore, urgency: "whenever" } as const;
  const others = await learnHolders({ ...context, workspaceId, client }, asked).catch(failureOf);
  if (!(others instanceof DirectoryError)) return others;
  context.log.warn({ workspaceId, reason: others.code }, "who else has the numbers of people in groups is asked later");
  return [];
}

async function lookAgainAt(
  context: Context,
  workspaceId: string,
  client: HighLevelClient,
  ids: readonly string[],
): Promise<void> {
  let failures = 0;
  for (const id of ids) {
    try {
      await lookAgain(context, workspaceId, client, id);
      failures = 0;
    } catch (error) {
      failures += 1;
      if (!(error instanceof DirectoryUnavailableError) || failures >= FAILURES_MAX) throw error;
      context.log.warn({ workspaceId, contactId: id, reason: error.code }, "a contact is asked for at the next run");
    }
  }
}

/** One record that cannot be understood must not be the first in line for ever. */
async function lookAgain(context: Context, workspaceId: string, client: HighLevelClient, id: string): Promise<void> {
  try {
    await learnContacts(context, workspaceId, [await askFor({ client, now: context.now }, id, "whenever")]);
  } catch (error) {
    if (!(error instanceof DirectoryAnswerError)) throw error;
    context.log.warn({ workspaceId, contactId: id }, "a contact of the CRM cannot be read");
    await inWorkspace(context.database, workspaceId, (trx) =>
      markAsked(trx, workspaceId, [{ id, askedAt: context.now() }]),
    );
  }
}
