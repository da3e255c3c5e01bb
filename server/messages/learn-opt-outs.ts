import type { Context } from "../context.ts";
import { refreshGroups } from "../groups/change-group.ts";
import { gatherFacts } from "../groups/group-facts.ts";
import { findGroupIdsOf, holdGroups } from "../store/groups.ts";
import { recordConsent } from "../store/opt-outs.ts";
import { inWorkspace } from "../store/tenant.ts";

/**
 * The carrier refused to text these people because of a STOP that never reached us, such as one sent before the number
 * was connected here. From now on our own ledger says so: every group they are in locks, and names them (rule R8).
 */
export async function learnOptOuts(
  context: Context,
  refused: { workspaceId: string; groupId: string; phones: readonly string[] },
): Promise<void> {
  const { workspaceId, groupId, phones } = refused;
  if (phones.length === 0) return;
  await inWorkspace(context.database, workspaceId, async (trx) => {
    const concerned = await findGroupIdsOf(trx, workspaceId, { phones });
    await holdGroups(trx, workspaceId, concerned);
    const [facts] = await gatherFacts(trx, workspaceId, [groupId]);
    const news = phones.filter((phone) => facts?.optOuts.has(phone) === false);
    if (facts === undefined || news.length === 0) return;
    for (const phone of news) {
      await recordConsent(trx, workspaceId, {
        id: context.newId(),
        businessNumber: facts.number.number,
        phone,
        wish: "opt_out",
        rawText: `(refused by ${context.carrier.id})`,
        at: context.now(),
      });
    }
    await refreshGroups(context, trx, workspaceId, concerned);
  });
}
