import type { SignIn } from "./sign-in/sign-in.ts";
import type { DatabasePool } from "./store/pool.ts";
import { findDirectorySetting, putDirectorySetting } from "./store/directory-settings.ts";
import { putWorkspace, type UserRow } from "./store/provisioning.ts";
import { asOwner } from "./store/tenant.ts";
import type { WorkspaceFile } from "./workspace-file.ts";

/**
 * Makes the database say what the workspace file says: safe to repeat, and run at every start. Nothing is deleted:
 * a user or number taken out of the file stays as it was.
 */
export async function provision(
  { database, signIn }: { database: DatabasePool; signIn: Pick<SignIn, "createUser"> },
  file: WorkspaceFile,
): Promise<void> {
  const users: UserRow[] = [];
  for (const user of file.users) {
    users.push({ ...user, authUserId: await accountOf(signIn, user) });
  }
  await asOwner(database, async (owner) => {
    const { directory } = file;
    const before = await findDirectorySetting(owner, file.id);
    const directoryRules =
      directory.kind === "highlevel" && before?.locationId === directory.locationId && before.peopleSyncedAt !== null;
    await putWorkspace(owner, { ...file, users, directoryRules });
    await putDirectorySetting(owner, file.id, directory.kind === "highlevel" ? directory : null);
  });
}

async function accountOf(signIn: Pick<SignIn, "createUser">, user: WorkspaceFile["users"][number]): Promise<string> {
  const { name, email, initialPassword } = user;
  const created = await signIn.createUser({ name, email, password: initialPassword ?? null });
  if (created.ok) return created.value.authUserId;
  if (created.refusal.reason === "email_taken") return created.refusal.authUserId;
  throw new Error(`The user ${user.id} cannot be made: ${created.refusal.reason}`);
}
