import { readFile } from "node:fs/promises";
import { z } from "zod";
import { Role } from "@partyline/contract/session";
import { Id, PhoneNumber } from "@partyline/contract/wire";
import { ConfigError } from "./config.ts";

const WorkspaceUser = z.strictObject({
  id: Id,
  name: z.string().min(1).max(100),
  email: z.email(),
  /** Set when the account is made, and only then; absent for a demo user of the sandbox. */
  initialPassword: z.string().min(10).max(128).optional(),
  role: Role,
  assignedDataOnly: z.boolean(),
  crmUserId: z.string().min(1).max(128).nullable(),
});

const WorkspaceNumber = z.strictObject({
  id: Id,
  number: PhoneNumber,
  label: z.string().max(60).nullable(),
  isDefault: z.boolean(),
  /** The id of the user who alone, besides admins, may send from it; null for everybody. */
  assignedTo: Id.nullable(),
  connected: z.boolean(),
  mms: z.boolean(),
});

/** Where its contacts come from. With a CRM, what contacts are and who may do what is the CRM's to say. */
const WorkspaceDirectory = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("built_in") }),
  z.strictObject({
    kind: z.literal("highlevel"),
    locationId: z.string().regex(/^[A-Za-z0-9]{15,30}$/, "must be the id of a location, as in its address"),
    /** Writes a copy of each group message as a note to each contact's own timeline in the CRM. */
    timelineCopies: z.boolean().default(false),
  }),
]);

/** What an operator writes down about one workspace: who is in it and which numbers it sends from. */
export const WorkspaceFile = z
  .strictObject({
    id: Id,
    name: z.string().min(1).max(100),
    users: z.array(WorkspaceUser).min(1),
    numbers: z.array(WorkspaceNumber),
    directory: WorkspaceDirectory.default({ kind: "built_in" }),
    /** Keys that may write the directory, by the SHA-256 of each, so that the file holds no secret. */
    apiKeys: z.array(z.strictObject({ id: Id, label: z.string().max(60), sha256: z.string().regex(/^[0-9a-f]{64}$/) })),
  })
  .refine((file) => file.numbers.filter((number) => number.isDefault).length <= 1, "only one number can be the default")
  .refine(
    ({ users, numbers }) =>
      numbers.every(({ assignedTo }) => assignedTo === null || users.some((user) => user.id === assignedTo)),
    "a number is assigned to a user who is not in the file",
  );
export type WorkspaceFile = z.infer<typeof WorkspaceFile>;

/** Reads the file, or says what is wrong with it and where. */
export async function readWorkspaceFile(path: string): Promise<WorkspaceFile> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    const why = cause instanceof SyntaxError ? "it is not JSON" : "it cannot be read";
    throw new ConfigError(`PARTYLINE_WORKSPACE names ${path}, but ${why}.`, { cause });
  }
  const read = WorkspaceFile.safeParse(json);
  if (read.success) return read.data;
  const faults = read.error.issues.map((issue) => `${issue.path.join(".") || "the file"}: ${issue.message}`);
  throw new ConfigError(`The workspace file ${path} is not usable. ${faults.join("; ")}.`);
}
