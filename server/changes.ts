import type { Context } from "./context.ts";
import { logChanges, takeNumbers, type LoggedChange } from "./store/change-log.ts";
import { afterCommit, type Trx } from "./store/tenant.ts";

/**
 * The only way to change what somebody may have on their screen: `write` runs between taking the workspace's next
 * numbers and logging the changes under them, and whoever waits for news is woken after the commit. Judge first,
 * then call this: it holds the workspace's counter until the transaction ends.
 * @param write given the revision that the changed rows carry from now on
 */
export async function recordChange<Value>(
  context: Pick<Context, "wakeups">,
  trx: Trx,
  change: { workspaceId: string; changes: readonly LoggedChange[]; write: (revision: number) => Promise<Value> },
): Promise<Value> {
  const { workspaceId, changes, write } = change;
  const first = await takeNumbers(trx, workspaceId, changes.length);
  const value = await write(first);
  await logChanges(trx, workspaceId, first, changes);
  afterCommit(trx, () => context.wakeups.announce(workspaceId, first + changes.length - 1));
  return value;
}
