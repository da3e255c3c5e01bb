import { z } from "zod";
import { Time } from "./wire.ts";

/** Where the workspace's contacts come from, and whether that works. */
export const DirectoryState = z
  .object({
    kind: z.enum(["built_in", "highlevel"]),
    locationId: z.string().nullable().describe("HighLevel's id of the location"),
    connection: z
      .object({
        kind: z.enum(["oauth", "private_token"]),
        state: z.enum(["connected", "broken"]).describe("Broken: the CRM takes our token no longer; connect it again"),
        trouble: z
          .literal("app_refused")
          .nullable()
          .default(null)
          .describe("The CRM refuses the app itself: an operator checks its id and secret"),
        since: Time,
      })
      .nullable(),
    canAuthorize: z.boolean().describe("Whether an app is configured, so that an admin can connect by saying yes"),
    timelineCopies: z.boolean().describe("Whether group messages are copied to contacts' timelines in the CRM"),
    peopleSyncedAt: Time.nullable().describe("When roles and numbers were last taken over from the CRM"),
  })
  .meta({ id: "DirectoryState" });
export type DirectoryState = z.infer<typeof DirectoryState>;

export const DirectoryAuthorization = z
  .object({ authorizeUrl: z.string().describe("Open it in a browser; it works once, for ten minutes") })
  .meta({ id: "DirectoryAuthorization" });
export type DirectoryAuthorization = z.infer<typeof DirectoryAuthorization>;

export const PrivateToken = z
  .object({ token: z.string().trim().min(8).max(500).describe("A private integration token of the location") })
  .meta({ id: "PrivateToken" });
export type PrivateToken = z.infer<typeof PrivateToken>;

export const PeopleSync = z
  .object({
    usersChanged: z.number().int(),
    usersUnmatched: z.number().int().describe("Users here whom the CRM never named; their rights stay"),
    usersGone: z.number().int().describe("Users here whom the CRM named once and no longer does: they are locked out"),
    numbers: z.number().int(),
    numbersReleased: z
      .number()
      .int()
      .describe("Numbers here that the CRM listed once and no longer does: nobody sends from them"),
    numbersTaken: z.number().int().describe("Numbers that belong to another workspace here"),
  })
  .meta({ id: "PeopleSync" });
export type PeopleSync = z.infer<typeof PeopleSync>;
