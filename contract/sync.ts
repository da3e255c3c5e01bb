import { z } from "zod";
import { Group } from "./group.ts";
import { Message } from "./message.ts";
import { Cursor, Id } from "./wire.ts";

/**
 * One visible change: the whole thing as it is now, so that applying one twice, or only the last of several, is right.
 */
export const Change = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("group"), group: Group }),
  z.object({ kind: z.literal("group_gone"), groupId: Id }).describe("This user may no longer see it: forget it"),
  z.object({ kind: z.literal("message"), message: Message }),
  z.object({ kind: z.literal("contact"), contactId: z.string() }).describe("Look it up again if you show it"),
  z.object({ kind: z.literal("numbers") }).describe("Read `/v1/numbers` again"),
  z.object({ kind: z.literal("recipes") }).describe("Read `/v1/recipes` again"),
  z.object({ kind: z.literal("session") }).describe("Read `/v1/session` again"),
]);
export type Change = z.infer<typeof Change>;

/**
 * The answer of `GET /v1/sync`. Without a cursor it starts afresh: the most recent groups, those with something unread,
 * and where to go on from.
 */
export const SyncPage = z
  .object({
    cursor: Cursor,
    changes: z.array(Change),
    more: z.boolean().describe("Ask again at once: there is more than one page"),
    reset: z.boolean().describe("Drop everything kept so far first: the cursor was absent or too old"),
    unreadFrom: Cursor.nullable().describe(
      "With `reset`, where there are more unread groups than it brings: read `/v1/groups?filter=unread` on from here",
    ),
  })
  .meta({ id: "SyncPage" });
export type SyncPage = z.infer<typeof SyncPage>;
