import { z } from "zod";
import { DELIVERY_STATES, FAILURE_CLASSES } from "@partyline/domain/delivery";
import { Id, Time } from "./wire.ts";

/** What became of one outbound message for one participant. */
export const Delivery = z
  .object({
    participantId: Id,
    state: z.enum(DELIVERY_STATES),
    failure: z.enum(FAILURE_CLASSES).nullable().describe("Why it failed, in our words; null otherwise"),
    at: Time.describe("When this state was reached"),
  })
  .meta({ id: "Delivery" });
export type Delivery = z.infer<typeof Delivery>;

export const Media = z.object({ url: z.string(), type: z.string().nullable() }).meta({ id: "Media" });
export type Media = z.infer<typeof Media>;

export const Message = z
  .object({
    id: Id,
    groupId: Id,
    seq: z.number().int().positive().describe("1, 2, 3 … within the group"),
    direction: z.enum(["outbound", "inbound"]),
    author: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("user"), id: Id, name: z.string() }),
      z.object({ kind: z.literal("participant"), id: Id, name: z.string() }),
    ]),
    text: z.string(),
    media: z.array(Media),
    createdAt: Time,
    deliveries: z.array(Delivery).describe("Outbound only: one for each participant"),
    held: z
      .boolean()
      .default(false)
      .describe("Accepted, and then the group locked: nobody was texted, and nobody will be unless somebody says so"),
    revision: z.number().int().describe("Grows with every change; keep the higher one"),
  })
  .meta({ id: "Message" });
export type Message = z.infer<typeof Message>;

/** `text` is judged by the rules (empty, 1,600 characters), which answer with their own refusal; hence no bounds here. */
export const NewMessage = z.object({ id: Id, text: z.string().max(20_000) }).meta({ id: "NewMessage" });
export type NewMessage = z.infer<typeof NewMessage>;

/** What is to become of a held message. */
export const HeldWish = z.object({ wish: z.enum(["send", "discard"]) }).meta({ id: "HeldWish" });
export type HeldWish = z.infer<typeof HeldWish>;

export const MessagePage = z
  .object({ messages: z.array(Message).describe("Oldest first"), before: z.number().int().nullable() })
  .meta({ id: "MessagePage" });
export type MessagePage = z.infer<typeof MessagePage>;
