import { recordChange } from "../../changes.ts";
import type { Context } from "../../context.ts";
import type { Trx } from "../../store/tenant.ts";
import { listUsers } from "../../store/users.ts";

/** The connection to the CRM came, went or broke: the admins' panels read it anew with the session. */
export async function tellAdmins(context: Pick<Context, "wakeups">, trx: Trx, workspaceId: string): Promise<void> {
  const admins = (await listUsers(trx, workspaceId)).filter(({ role }) => role === "admin");
  const changes = admins.map(({ id }) => ({ kind: "session", userId: id }) as const);
  if (changes.length === 0) return;
  await recordChange(context, trx, { workspaceId, changes, write: async () => undefined });
}
