import { recordChange } from "./changes.ts";
import type { Context } from "./context.ts";
import type { SignIn } from "./sign-in/sign-in.ts";
import type { LoggedChange } from "./store/change-log.ts";
import { findDirectorySetting, putDirectorySetting } from "./store/directory-settings.ts";
import {
  listLeft,
  putWorkspace,
  snapshotWorkspace,
  type UserRow,
  type WorkspaceSnapshot,
} from "./store/provisioning.ts";
import { asOwner } from "./store/tenant.ts";
import type { WorkspaceFile } from "./workspace-file.ts";

type Provisioning = Pick<Context, "database" | "wakeups" | "now"> & {
  signIn: Pick<SignIn, "createUser" | "revokeEverySignInOf">;
};

/**
 * Makes the database say what the workspace file says, and tells clients what of it is news: safe to repeat, and run at
 * every start. Somebody taken out of the file is signed out everywhere and has nothing here any more; put back, they
 * have what they had.
 */
export async function provision({ database, wakeups, now, signIn }: Provisioning, file: WorkspaceFile): Promise<void> {
  const users: UserRow[] = [];
  for (const user of file.users) {
    users.push({ ...user, authUserId: await accountOf(signIn, user) });
  }
  const left = await asOwner(database, async (owner) => {
    const { directory, id: workspaceId } = file;
    const setting = await findDirectorySetting(owner, workspaceId);
    const directoryRules =
      directory.kind === "highlevel" && setting?.locationId === directory.locationId && setting.peopleSyncedAt !== null;
    const before = await snapshotWorkspace(owner, workspaceId);
    await putWorkspace(owner, { ...file, users, at: now(), directoryRules });
    await putDirectorySetting(owner, workspaceId, directory.kind === "highlevel" ? directory : null);
    const changes = newsBetween(before, await snapshotWorkspace(owner, workspaceId));
    if (changes.length > 0) {
      await recordChange({ wakeups }, owner, { workspaceId, changes, write: async () => undefined });
    }
    return listLeft(owner, workspaceId);
  });
  // Also those of earlier starts: one that was cut short before this left them signed in.
  for (const authUserId of left) await signIn.revokeEverySignInOf(authUserId);
}

/** Of a workspace nobody knew before, nothing is news. */
function newsBetween(before: WorkspaceSnapshot, after: WorkspaceSnapshot): LoggedChange[] {
  const people = [...before.people].filter(([id, person]) => after.people.get(id) !== person);
  const sessions = people.map(([userId]) => ({ kind: "session", userId }) as const);
  const isKnown = before.people.size > 0;
  return isKnown && before.numbers !== after.numbers ? [...sessions, { kind: "numbers" }] : sessions;
}

async function accountOf(signIn: Pick<SignIn, "createUser">, user: WorkspaceFile["users"][number]): Promise<string> {
  const { name, email, initialPassword } = user;
  const created = await signIn.createUser({ name, email, password: initialPassword ?? null });
  if (created.ok) return created.value.authUserId;
  if (created.refusal.reason === "email_taken") return created.refusal.authUserId;
  throw new Error(`The user ${user.id} cannot be made: ${created.refusal.reason}`);
}
