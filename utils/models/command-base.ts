import type { Command } from "../command.ts";
import type { Gateway } from "./gateway.ts";

/** What every command has: its own id, the group it is about, and when the user made it. */
export function commandBase(
  gateway: Pick<Gateway, "newId" | "now">,
  groupId: string,
): Pick<Command, "id" | "groupId" | "madeAt"> {
  return { id: gateway.newId(), groupId, madeAt: new Date(gateway.now()).toISOString() };
}
