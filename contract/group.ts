import { z } from "zod";
import { NamedContact } from "./contact.ts";
import { Message, NewMessage } from "./message.ts";
import { NumberRefusal } from "./number.ts";
import { ScheduledMessage } from "./scheduled.ts";
import { ContactId, Cursor, Id, PhoneNumber, Time } from "./wire.ts";

export const ContactTag = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("deleted") }),
  z.object({
    kind: z.literal("updated"),
    phone: z.string().nullable().describe("The number the contact has now, where it changed"),
    name: z.string().nullable().describe("The name the contact has now, where it changed"),
  }),
]);

/**
 * One (contact, phone) of a group, frozen when the group was made; each contact's `tag` and the rest say how the directory
 * differs now. What is optional is absent in copies that an extension kept from before there was such a thing.
 */
export const Participant = z
  .object({
    id: Id,
    phone: PhoneNumber.describe("Frozen: messages always go here (rule R7)"),
    contacts: z
      .array(
        z.object({
          id: ContactId,
          name: z.string(),
          ownerId: z.string().nullable().optional().describe("The CRM's id of the user it is assigned to"),
          ownerName: z.string().nullable().describe("The owner's name, where the owner is a user of this workspace"),
          tag: ContactTag.nullable().optional().describe("How the directory has this contact now (rule R7)"),
        }),
      )
      .describe("Several when two contacts share the number; names as frozen"),
    doNotDisturb: z.boolean(),
    optedOut: z.boolean(),
  })
  .meta({ id: "Participant" });
export type Participant = z.infer<typeof Participant>;

export const GroupLock = z
  .object({
    since: Time.describe("When the first of the causes that there are now began"),
    causes: z
      .array(
        z.object({
          participantId: Id,
          name: z.string(),
          reason: z.enum(["do_not_disturb", "opted_out"]),
          by: NamedContact.nullable()
            .optional()
            .describe(
              "Who is on do-not-disturb, where that is another contact with the participant's number or one of several behind it; null where they have no name, or this user may not see them",
            ),
          since: Time.optional().describe("Absent in copies kept from before there was such a thing"),
        }),
      )
      .min(1),
  })
  .meta({ id: "GroupLock" });
export type GroupLock = z.infer<typeof GroupLock>;

/** Another group that this one belongs with. Only such as the user may see. */
export const GroupLink = z
  .object({
    groupId: Id,
    title: z.string(),
    relation: z
      .enum(["predecessor", "successor", "nearest", "discovered"])
      .describe("What the other one is to this one; `nearest` and `discovered` tie a discovered thread to its group"),
  })
  .meta({ id: "GroupLink" });
export type GroupLink = z.infer<typeof GroupLink>;

/** A group as one user sees it. */
export const Group = z
  .object({
    id: Id,
    name: z.string().nullable(),
    businessNumber: z.object({ id: Id, number: PhoneNumber, label: z.string().nullable() }),
    mode: z.enum(["native", "relay"]),
    participants: z.array(Participant),
    lock: GroupLock.nullable(),
    sendRefusal: NumberRefusal.nullable().describe("Why this user cannot write here (rule R11); null when they can"),
    createdAt: Time,
    createdBy: z.object({ id: Id, name: z.string() }).nullable().describe("Null for a discovered thread"),
    discovered: z
      .boolean()
      .describe("A set of people that texted us and that nobody made a group (rule R14): readable, not answerable"),
    links: z.array(GroupLink),
    lastMessage: Message.nullable(),
    scheduled: z
      .array(ScheduledMessage)
      .optional()
      .describe("To be sent later, the next one first; absent in copies kept from before there was such a thing"),
    lastActivityAt: Time,
    readSeq: z.number().int().describe("This user has read messages up to this `seq`"),
    unread: z.number().int().describe("Inbound messages after `readSeq`"),
    revision: z.number().int().describe("Grows with every change; keep the higher one"),
  })
  .meta({ id: "Group" });
export type Group = z.infer<typeof Group>;

export const NewGroup = z
  .object({
    id: Id,
    businessNumberId: Id,
    participants: z
      .array(z.object({ contactId: ContactId, phone: z.string().min(1).max(40) }))
      .max(40)
      .describe("Any phone of each contact; the same number twice is one participant"),
    name: z.string().trim().min(1).max(100).nullable(),
    successorOf: Id.nullable()
      .default(null)
      .describe("The group whose people this one changes; the two stay linked (rule R6)"),
    firstMessage: NewMessage.nullable().describe("Sent in the same transaction; null makes a silent group"),
  })
  .meta({ id: "NewGroup" });
export type NewGroup = z.infer<typeof NewGroup>;

export const GroupRename = z.object({ name: z.string().trim().min(1).max(100).nullable() }).meta({ id: "GroupRename" });
export type GroupRename = z.infer<typeof GroupRename>;

export const GroupPredecessor = z
  .object({ groupId: Id.describe("The group whose people were changed into this one's") })
  .meta({ id: "GroupPredecessor" });
export type GroupPredecessor = z.infer<typeof GroupPredecessor>;

export const GroupFilter = z
  .enum(["all", "unread", "mine", "locked"])
  .describe("`unread` by this user; `mine` are those this user made");
export type GroupFilter = z.infer<typeof GroupFilter>;

export const GroupPage = z
  .object({
    groups: z.array(Group).describe("A page of a search may hold few, or none, and yet not be the last"),
    said: z
      .array(Message)
      .describe("For the groups that a search found by what was said in them alone: the latest such message of each"),
    next: Cursor.nullable().describe("Ask with it for more; null at the end"),
  })
  .meta({ id: "GroupPage" });
export type GroupPage = z.infer<typeof GroupPage>;

export const ReadUpTo = z
  .object({ seq: z.number().int().min(0).describe("Only ever moves forward") })
  .meta({ id: "ReadUpTo" });
export type ReadUpTo = z.infer<typeof ReadUpTo>;
