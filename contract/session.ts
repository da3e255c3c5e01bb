import { z } from "zod";
import { CrmAccount } from "./crm-account.ts";
import { Id } from "./wire.ts";

export const Role = z.enum(["admin", "user"]);

export const Session = z
  .object({
    user: z.object({
      id: Id,
      name: z.string(),
      email: z.string(),
      role: Role,
      assignedDataOnly: z.boolean().describe("Sees only groups whose every contact is assigned to them (rule R10)"),
      crmUserId: z.string().nullable(),
    }),
    workspace: z.object({ id: Id, name: z.string() }),
    limits: z.object({
      minParticipants: z.number().int(),
      maxParticipants: z.number().int().describe("What the product allows (rule R1)"),
      nativeMaxParticipants: z.number().int().describe("What the connected carrier carries as one group message"),
      textMax: z.number().int().describe("Longest text, in characters"),
    }),
    carrier: z.string().describe("Name of the carrier adapter in use"),
    crmAccount: CrmAccount.optional().describe("Whose contacts these are; absent where contacts are kept here"),
    directoryTrouble: z
      .enum(["not_connected", "broken", "app_refused"])
      .optional()
      .describe("For admins, where contacts come from a CRM: not connected yet, our token no longer taken, or our app"),
  })
  .meta({ id: "Session" });
export type Session = z.infer<typeof Session>;
