import { normalisePhone } from "@partyline/domain/phone-number";
import { recordChange } from "../../changes.ts";
import type { Context } from "../../context.ts";
import { breakConnection, holdConnection } from "../../store/directory-connections.ts";
import { findKnownContacts, markTold } from "../../store/directory-contacts.ts";
import { findWorkspaceOfLocation } from "../../store/directory-settings.ts";
import { findGroupIdsOf } from "../../store/groups.ts";
import { asOwner, inWorkspace } from "../../store/tenant.ts";
import { closeWebhookEvent, findWebhookEvent } from "../../store/webhook-events.ts";
import { learnContacts } from "../learn-contacts.ts";
import { askFor } from "./highlevel.ts";
import { tellAdmins } from "./tell-admins.ts";
import { DirectoryEvent, UninstallEvent } from "./webhook.ts";

/** The CRM's API still answers as before the change its webhook told of. */
export class AnswerTooOldError extends Error {
  override name = "AnswerTooOldError";
}

type Outcome = "applied" | "ended" | "ignored" | "unknown_location" | "not_known_here" | "will_ask";

/** How many attempts wait for an API that is behind its own webhooks; the last one takes what it says. */
const PATIENCE = 6;

/** Applies one stored webhook by asking for the contact again: it carries no additional phones and may be days late. */
export async function applyDirectoryEvent(context: Context, webhookEventId: string, attempt: number): Promise<void> {
  const stored = await asOwner(context.database, (owner) => findWebhookEvent(owner, webhookEventId));
  if (stored === undefined) return;
  const outcome = await applyBody(context, stored.body, attempt);
  await asOwner(context.database, (owner) => closeWebhookEvent(owner, webhookEventId, outcome, context.now()));
  context.log.info({ webhookEventId, outcome }, "directory webhook applied");
}

/**
 * After the last attempt, such as when the CRM was down for long: the event is not dropped. Its contact is asked for at
 * the next look, and by the slow one before everybody else.
 */
export async function giveUpDirectoryEvent(context: Context, webhookEventId: string): Promise<void> {
  const stored = await asOwner(context.database, (owner) => findWebhookEvent(owner, webhookEventId));
  if (stored === undefined) return;
  const event = DirectoryEvent.safeParse(stored.body);
  // What ends a connection asks the CRM nothing: only our own database can have been in its way.
  const outcome = event.success ? await askLater(context, event.data) : await applyBody(context, stored.body, PATIENCE);
  await asOwner(context.database, (owner) => closeWebhookEvent(owner, webhookEventId, outcome, context.now()));
  context.log.warn({ webhookEventId, outcome }, "directory webhook given up");
}

async function askLater(context: Context, event: DirectoryEvent): Promise<Outcome> {
  const workspaceId = await asOwner(context.database, (owner) => findWorkspaceOfLocation(owner, event.locationId));
  if (workspaceId === undefined) return "unknown_location";
  const standing = await standingOf(context, workspaceId, event);
  return standing === "unknown" ? "not_known_here" : forget(context, workspaceId, event.id);
}

async function applyBody(context: Context, body: unknown, attempt: number): Promise<Outcome> {
  const uninstall = UninstallEvent.safeParse(body);
  if (uninstall.success) return endConnection(context, uninstall.data);
  const event = DirectoryEvent.safeParse(body);
  return event.success ? apply(context, event.data, attempt) : "ignored";
}

/** A private token is not the app's; and a webhook may come days late, after somebody connected again. */
async function endConnection(context: Context, event: UninstallEvent): Promise<Outcome> {
  const { database, config } = context;
  const isOurs =
    event.appId === undefined || event.appId === null || (config.highLevel.clientId ?? "").startsWith(event.appId);
  if (!isOurs) return "ignored";
  const workspaceId = await asOwner(database, (owner) => findWorkspaceOfLocation(owner, event.locationId));
  if (workspaceId === undefined) return "unknown_location";
  return inWorkspace(database, workspaceId, async (trx) => {
    const connection = await holdConnection(trx, workspaceId);
    if (connection?.kind !== "oauth" || connection.connectedAt.getTime() > Date.parse(event.timestamp ?? ""))
      return "ignored";
    if (await breakConnection(trx, workspaceId, connection.connectedAt)) await tellAdmins(context, trx, workspaceId);
    return "ended";
  });
}

async function apply(context: Context, event: DirectoryEvent, attempt: number): Promise<Outcome> {
  const { database, directories } = context;
  const workspaceId = await asOwner(database, (owner) => findWorkspaceOfLocation(owner, event.locationId));
  if (workspaceId === undefined) return "unknown_location";
  const standing = await standingOf(context, workspaceId, event);
  if (standing === "unknown") return "not_known_here";
  if (standing === "seen") return forget(context, workspaceId, event.id);
  const client = await directories.highLevelOf(workspaceId);
  if (client === null) return "unknown_location";
  const answer = await askFor({ client, now: context.now }, event.id, "soon");
  await learnContacts(context, workspaceId, [answer]);
  if (attempt < PATIENCE && isBehind(event, answer)) throw new AnswerTooOldError("the CRM answers from before");
  return "applied";
}

/**
 * Only people in groups are worth a call at once, and whoever has a number that is in one: an import into the CRM sends a
 * webhook for each of thousands.
 */
function standingOf(
  { database }: Context,
  workspaceId: string,
  { id, phone }: DirectoryEvent,
): Promise<"unknown" | "seen" | "in_group"> {
  return inWorkspace(database, workspaceId, async (trx) => {
    const known = (await findKnownContacts(trx, workspaceId, [id])).get(id);
    const numbers = [phone ?? "", ...(known?.contact.phones.map(({ number }) => number) ?? [])];
    const phones = numbers.flatMap((number) => normalisePhone(number) ?? []);
    const groups = await findGroupIdsOf(trx, workspaceId, { contactIds: [id], phones });
    if (groups.length > 0) return "in_group";
    return known === undefined ? "unknown" : "seen";
  });
}

/** The next look asks again; whoever has them on the screen is told to look. */
async function forget(context: Context, workspaceId: string, contactId: string): Promise<Outcome> {
  await inWorkspace(context.database, workspaceId, async (trx) => {
    await markTold(trx, workspaceId, contactId, context.now());
    await recordChange(context, trx, {
      workspaceId,
      changes: [{ kind: "contact", contactId }],
      write: async () => undefined,
    });
  });
  return "will_ask";
}

function isBehind(event: DirectoryEvent, answer: { contact: unknown; dateUpdated: string | null }): boolean {
  if (event.type === "ContactDelete") return answer.contact !== null && !isLater(answer.dateUpdated, event.dateUpdated);
  return answer.contact !== null && isLater(event.dateUpdated, answer.dateUpdated);
}

/** Whether the first time is after the second; unknown times say nothing. */
function isLater(one: string | null | undefined, other: string | null | undefined): boolean {
  return Date.parse(one ?? "") > Date.parse(other ?? "");
}
