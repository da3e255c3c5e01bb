import { z } from "zod";
import { Id, PhoneNumber } from "./wire.ts";

export const NumberRefusal = z.discriminatedUnion("reason", [
  z.object({ reason: z.literal("number_not_connected") }),
  z.object({ reason: z.literal("number_released") }).describe("The CRM had it in the account, and no longer has"),
  z.object({ reason: z.literal("number_cannot_group"), kind: z.string() }),
  z.object({
    reason: z.literal("number_assigned_to_other"),
    assignedTo: z.string().describe("The id of the user it is assigned to"),
  }),
]);

/** A business number with what this user may do with it: unusable ones are listed too, with the reason. */
export const BusinessNumber = z
  .object({
    id: Id,
    number: PhoneNumber,
    label: z.string().nullable(),
    isDefault: z.boolean(),
    assignedTo: z.object({ id: Id, name: z.string() }).nullable(),
    refusal: NumberRefusal.nullable().describe("Why this user cannot send from it; null when they can"),
  })
  .meta({ id: "BusinessNumber" });
export type BusinessNumber = z.infer<typeof BusinessNumber>;

export const BusinessNumbers = z.object({ numbers: z.array(BusinessNumber) }).meta({ id: "BusinessNumbers" });
export type BusinessNumbers = z.infer<typeof BusinessNumbers>;
