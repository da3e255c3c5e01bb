import type { Context } from "../context.ts";
import { findStaleOfGroup } from "../store/directory-contacts.ts";
import { inWorkspace } from "../store/tenant.ts";

/** What the CRM said no longer ago than this is taken for so. */
const FRESH_MS = 30_000;
/** Nobody waits longer for a CRM that is slow or down: then what is known decides. */
const WITHIN_MS = 2_000;

type Looking = Pick<Context, "database" | "directories" | "now">;

/**
 * Asks the CRM about a group's people whom nobody asked for lately, so that do-not-disturb set there locks the group
 * even where no webhook comes. Where contacts are kept here this is one quick query.
 */
export async function lookAtPeople(
  { database, directories, now }: Looking,
  { workspaceId, groupId }: { workspaceId: string; groupId: string },
): Promise<void> {
  const askedBefore = new Date(now().getTime() - FRESH_MS);
  const stale = await inWorkspace(database, workspaceId, (trx) =>
    findStaleOfGroup(trx, workspaceId, { groupId, askedBefore }),
  );
  if (stale.length === 0) return;
  const directory = await directories.of(workspaceId);
  await directory.look(stale, WITHIN_MS);
}
