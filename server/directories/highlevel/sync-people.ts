import type { PeopleSync } from "@partyline/contract/directory";
import type { User } from "@partyline/domain/access";
import { recordChange } from "../../changes.ts";
import type { Context } from "../../context.ts";
import type { LoggedChange } from "../../store/change-log.ts";
import { markPeopleSynced } from "../../store/directory-settings.ts";
import {
  holdPeople,
  markGone,
  markSeen,
  putDirectoryNumbers,
  setRights,
  type Person,
} from "../../store/directory-people.ts";
import { listLeft } from "../../store/provisioning.ts";
import { asOwner, type Trx } from "../../store/tenant.ts";
import type { DirectoryNumber, DirectoryUser } from "../directory.ts";

type Syncing = Pick<Context, "wakeups" | "now" | "newId" | "log">;

/**
 * Takes over from the CRM who is an admin, who sees assigned data only, who is no longer there, and whose each number
 * is. Nobody is made: people sign in to us, and are matched by the CRM's id that an operator wrote down.
 */
export async function syncPeople(
  context: Syncing,
  trx: Trx,
  workspaceId: string,
  told: { users: readonly DirectoryUser[]; numbers: readonly DirectoryNumber[] },
): Promise<PeopleSync> {
  const people = await holdPeople(trx, workspaceId);
  const { rights, seen, gone, moved } = changesOf(people, told.users);
  await setRights(trx, workspaceId, rights);
  await markSeen(trx, workspaceId, seen, context.now());
  await markGone(trx, workspaceId, gone, context.now());
  const numbers = told.numbers.map((number) => ({
    ...number,
    id: context.newId(),
    assignedTo: people.find(({ crmUserId }) => crmUserId !== null && crmUserId === number.crmUserId)?.id ?? null,
  }));
  const put = await putDirectoryNumbers(trx, workspaceId, numbers, context.now());
  await markPeopleSynced(trx, workspaceId, context.now());
  const changed = [...new Set([...rights.map(({ id }) => id), ...moved])];
  const changes: LoggedChange[] = changed.map((userId) => ({ kind: "session", userId }));
  if (put.changed || changed.length > 0) changes.push({ kind: "numbers" });
  if (changes.length > 0) {
    await recordChange(context, trx, { workspaceId, changes, write: async () => undefined });
  }
  const sync = {
    usersChanged: rights.length,
    usersUnmatched: people.filter(({ id }) => !seen.includes(id) && !gone.includes(id)).length,
    usersGone: gone.length,
    numbers: numbers.length - put.taken,
    numbersReleased: put.released,
    numbersTaken: put.taken,
  };
  context.log.info({ workspaceId, ...sync }, "people and numbers synced with the CRM");
  return sync;
}

/** Ends the sign-ins of whom the CRM no longer has, after the sync has committed; safe to repeat. */
export async function signOutGone(
  { database, signIn }: Pick<Context, "database" | "signIn">,
  workspaceId: string,
): Promise<void> {
  const left = await asOwner(database, (owner) => listLeft(owner, workspaceId));
  for (const authUserId of left) await signIn.revokeEverySignInOf(authUserId);
}

interface Changes {
  rights: Omit<User, "crmUserId">[];
  seen: string[];
  gone: string[];
  /** Who came or went. */
  moved: string[];
}

/**
 * Gone is whom the CRM calls deleted, or named once and no longer: somebody of the agency above may never be in its list.
 * A CRM without an admin among the people here would leave nobody who can connect it again: then roles stay, and all.
 */
function changesOf(people: readonly Person[], told: readonly DirectoryUser[]): Changes {
  const wanted = people.map((person) => {
    const now = told.find((user) => user.crmUserId === person.crmUserId);
    const isGone = now === undefined ? person.crmSeen : now.deleted;
    return { person, now: isGone ? undefined : now, isGone };
  });
  const keepsAdmin = wanted.some(({ person, now, isGone }) => !isGone && (now ?? person).role === "admin");
  const rights = wanted.flatMap(({ person, now = person }) => {
    const role = keepsAdmin ? now.role : person.role;
    const assignedDataOnly = now.assignedDataOnly ?? person.assignedDataOnly;
    const same = role === person.role && assignedDataOnly === person.assignedDataOnly;
    return same ? [] : [{ id: person.id, role, assignedDataOnly }];
  });
  const seen = wanted.filter(({ now }) => now !== undefined);
  const gone = wanted.filter(({ isGone }) => isGone && keepsAdmin);
  const moved = [...seen.filter(({ person }) => person.crmGone), ...gone.filter(({ person }) => !person.crmGone)];
  return { rights, seen: seen.map(idOf), gone: gone.map(idOf), moved: moved.map(idOf) };
}

function idOf({ person }: { person: Person }): string {
  return person.id;
}
