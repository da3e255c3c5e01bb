import { z } from "zod";
import { SCHEDULED_HOLDS } from "@partyline/domain/send-time";
import { Id, Time } from "./wire.ts";

/** A message that is to be sent later. Once it is sent it is a message, with an id of its own. */
export const ScheduledMessage = z
  .object({
    id: Id,
    author: z.object({ id: Id, name: z.string() }),
    text: z.string(),
    sendAt: Time,
    held: z
      .enum(SCHEDULED_HOLDS)
      .nullable()
      .describe("Why it was not sent at its time: nobody was texted, and nobody will be unless somebody says so"),
  })
  .meta({ id: "ScheduledMessage" });
export type ScheduledMessage = z.infer<typeof ScheduledMessage>;

/** Text and time are judged by the rules, which answer with their own refusals. */
export const ScheduledContent = z
  .object({ text: z.string().max(20_000), sendAt: Time })
  .meta({ id: "ScheduledContent" });
export type ScheduledContent = z.infer<typeof ScheduledContent>;

export const NewScheduled = ScheduledContent.extend({ id: Id }).meta({ id: "NewScheduled" });
export type NewScheduled = z.infer<typeof NewScheduled>;

/** What is to become of it before its time, or after it was held. */
export const ScheduledWish = z.object({ wish: z.enum(["send", "discard"]) }).meta({ id: "ScheduledWish" });
export type ScheduledWish = z.infer<typeof ScheduledWish>;
