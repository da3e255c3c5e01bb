import { recordChange } from "../../changes.ts";
import type { Context } from "../../context.ts";
import type { LoggedChange } from "../../store/change-log.ts";
import { markPeopleSynced } from "../../store/directory-settings.ts";
import { holdPeople, putDirectoryNumbers, setRights } from "../../store/directory-people.ts";
import { inWorkspace } from "../../store/tenant.ts";
import type { DirectoryNumber, DirectoryUser } from "../directory.ts";

export interface PeopleSync {
  /** Users here whose rights changed. */
  usersChanged: number;
  /** Users here whom the CRM does not have; their rights stay. */
  usersUnmatched: number;
  numbers: number;
  /** Numbers another workspace has already. */
  numbersTaken: number;
}

type Syncing = Pick<Context, "database" | "wakeups" | "now" | "newId" | "log">;

/**
 * Takes over from the CRM who is an admin, who sees assigned data only, and whose each number is. Nobody is made or
 * removed: people sign in to us, and are matched by the CRM's id that an operator wrote down.
 */
export async function syncPeople(
  context: Syncing,
  workspaceId: string,
  told: { users: readonly DirectoryUser[]; numbers: readonly DirectoryNumber[] },
): Promise<PeopleSync> {
  const sync = await inWorkspace(context.database, workspaceId, async (trx) => {
    const people = await holdPeople(trx, workspaceId);
    const wanted = people.map((person) => ({
      person,
      now: told.users.find((user) => user.crmUserId === person.crmUserId),
    }));
    // A CRM without an admin among the people here would leave nobody who can connect it again.
    const keepsAdmin = wanted.some(({ person, now }) => (now ?? person).role === "admin");
    const changed = wanted.flatMap(({ person, now }) => {
      if (now === undefined) return [];
      const role = keepsAdmin ? now.role : person.role;
      const same = role === person.role && now.assignedDataOnly === person.assignedDataOnly;
      return same ? [] : [{ id: person.id, role, assignedDataOnly: now.assignedDataOnly }];
    });
    await setRights(trx, workspaceId, changed);
    const numbers = told.numbers.map((number) => ({
      ...number,
      id: context.newId(),
      assignedTo:
        people.find((person) => person.crmUserId === number.crmUserId && number.crmUserId !== null)?.id ?? null,
    }));
    const { changed: numbersChanged, taken } = await putDirectoryNumbers(trx, workspaceId, numbers);
    await markPeopleSynced(trx, workspaceId, context.now());
    const changes: LoggedChange[] = changed.map(({ id }) => ({ kind: "session", userId: id }));
    if (numbersChanged || changed.length > 0) changes.push({ kind: "numbers" });
    if (changes.length > 0) {
      await recordChange(context, trx, { workspaceId, changes, write: async () => undefined });
    }
    return {
      usersChanged: changed.length,
      usersUnmatched: wanted.filter(({ now }) => now === undefined).length,
      numbers: numbers.length - taken,
      numbersTaken: taken,
    };
  });
  context.log.info({ workspaceId, ...sync }, "people and numbers synced with the CRM");
  return sync;
}
