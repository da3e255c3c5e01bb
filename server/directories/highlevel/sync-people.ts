import type { PeopleSync } from "@partyline/contract/directory";
import type { User } from "@partyline/domain/access";
import { recordChange } from "../../changes.ts";
import type { Context } from "../../context.ts";
import type { LoggedChange } from "../../store/change-log.ts";
import { markPeopleSynced } from "../../store/directory-settings.ts";
import { holdPeople, putDirectoryNumbers, setRights } from "../../store/directory-people.ts";
import type { Trx } from "../../store/tenant.ts";
import type { DirectoryNumber, DirectoryUser } from "../directory.ts";

type Syncing = Pick<Context, "wakeups" | "now" | "newId" | "log">;

/**
 * Takes over from the CRM who is an admin, who sees assigned data only, and whose each number is. Nobody is made or
 * removed: people sign in to us, and are matched by the CRM's id that an operator wrote down.
 */
export async function syncPeople(
  context: Syncing,
  trx: Trx,
  workspaceId: string,
  told: { users: readonly DirectoryUser[]; numbers: readonly DirectoryNumber[] },
): Promise<PeopleSync> {
  const people = await holdPeople(trx, workspaceId);
  const changed = changesOfRights(people, told.users);
  await setRights(trx, workspaceId, changed);
  const numbers = told.numbers.map((number) => ({
    ...number,
    id: context.newId(),
    assignedTo: people.find(({ crmUserId }) => crmUserId !== null && crmUserId === number.crmUserId)?.id ?? null,
  }));
  const { changed: numbersChanged, taken } = await putDirectoryNumbers(trx, workspaceId, numbers);
  await markPeopleSynced(trx, workspaceId, context.now());
  const changes: LoggedChange[] = changed.map(({ id }) => ({ kind: "session", userId: id }));
  if (numbersChanged || changed.length > 0) changes.push({ kind: "numbers" });
  if (changes.length > 0) {
    await recordChange(context, trx, { workspaceId, changes, write: async () => undefined });
  }
  const known = new Set(told.users.map((user) => user.crmUserId));
  const sync = {
    usersChanged: changed.length,
    usersUnmatched: people.filter(({ crmUserId }) => crmUserId === null || !known.has(crmUserId)).length,
    numbers: numbers.length - taken,
    numbersTaken: taken,
  };
  context.log.info({ workspaceId, ...sync }, "people and numbers synced with the CRM");
  return sync;
}

/** A CRM without an admin among the people here would leave nobody who can connect it again: then roles stay. */
function changesOfRights(people: readonly User[], told: readonly DirectoryUser[]): Omit<User, "crmUserId">[] {
  const wanted = people.map((person) => ({
    person,
    now: told.find((user) => user.crmUserId === person.crmUserId) ?? person,
  }));
  const keepsAdmin = wanted.some(({ now }) => now.role === "admin");
  return wanted.flatMap(({ person, now }) => {
    const role = keepsAdmin ? now.role : person.role;
    const assignedDataOnly = now.assignedDataOnly ?? person.assignedDataOnly;
    const same = role === person.role && assignedDataOnly === person.assignedDataOnly;
    return same ? [] : [{ id: person.id, role, assignedDataOnly }];
  });
}
