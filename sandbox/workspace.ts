import { createHash } from "node:crypto";

/** The demo workspace, in the shape of the backend's workspace file. */
export function demoWorkspace(apiKey: string) {
  return {
    id: id("00"),
    name: "Harbor & Pine Realty",
    users: [
      user("a1", "Ava Brooks", "admin", false),
      user("a2", "Ben Carter", "user", false),
      user("a3", "Cleo Diaz", "user", true),
    ],
    numbers: [
      number("b1", "+14155550100", "Main line", { isDefault: true }),
      number("b2", "+14155550101", "Ben's line", { assignedTo: id("a2") }),
      number("b3", "+14155550102", "Team line", {}),
      number("b4", "+18885550199", "Toll-free line", {}),
      number("b5", "+14155550103", "Old office line", { connected: false }),
    ],
    apiKeys: [{ id: id("c1"), label: "Sample CRM", sha256: createHash("sha256").update(apiKey).digest("hex") }],
  };
}

function id(end: string): string {
  return `01930000-0000-7000-8000-0000000000${end}`;
}

function user(end: string, name: string, role: "admin" | "user", assignedDataOnly: boolean) {
  const first = name.split(" ")[0]?.toLowerCase() ?? "";
  return { id: id(end), name, email: `${first}@harborpine.example`, role, assignedDataOnly, crmUserId: `u-${first}` };
}

interface NumberParts {
  isDefault?: boolean;
  assignedTo?: string;
  connected?: boolean;
}

function number(end: string, e164: string, label: string, rest: NumberParts) {
  return { id: id(end), number: e164, label, isDefault: false, assignedTo: null, connected: true, mms: true, ...rest };
}
