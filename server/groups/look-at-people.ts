import type { Context } from "../context.ts";
import { findStaleOfGroup } from "../store/directory-contacts.ts";
import { inWorkspace } from "../store/tenant.ts";

/** What the CRM said no longer ago than this is taken for so. */
const FRESH_MS = 30_000;
/** Nobody waits longer for a CRM that is slow or down: then what is known decides. */
export const WITHIN_MS = 2_000;

type Looking = Pick<Context, "database" | "directories" | "now">;

/**
 * Asks the CRM about a group's people whom nobody asked for lately, so that do-not-disturb set there locks the group
 * even where no webhook comes. Where contacts are kept here this is one quick query.
 */
export async function lookAtPeople(
  { database, directories, now }: Looking,
  { workspaceId, groupId }: { workspaceId: string; groupId: string },
): Promise<void> {
  const directory = await directories.of(workspaceId);
  if (directory.kind === "built_in") return;
  // Last before the look: whoever is being asked about by somebody else at this moment is not asked about again.
  const askedBefore = new Date(now().getTime() - FRESH_MS);
  const stale = await inWorkspace(database, workspaceId, (trx) =>
    findStaleOfGroup(trx, workspaceId, { groupId, askedBefore }),
  );
  if (stale.ids.length === 0) return;
  await directory.look(stale, WITHIN_MS);
}
