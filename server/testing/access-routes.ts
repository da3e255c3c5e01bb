import { v7 as newId } from "uuid";
import { PRIVATE_TOKEN } from "@partyline/sandbox/highlevel/highlevel-bench";
import type { DirectoryKind } from "./access-people.ts";
import {
  admins,
  contactAdmins,
  contactSeers,
  creators,
  everybody,
  lockedOut,
  seers,
  senders,
  successors,
  type Policy,
} from "./access-policy.ts";
import type { Client, Scene } from "./access-world.ts";
import { freshNumbers, personWith } from "./office.ts";

/** One row of the table: run for everybody who may ask, in every cell where the answer may differ. */
export interface Route {
  call: (scene: Scene, user: Client) => Promise<{ status: number; body: unknown }>;
  expected: Policy;
}

const OWN_RECIPE = {
  id: "acme-crm",
  version: 1,
  hosts: ["crm.acme.example"],
  lists: [{ kind: "contacts", container: "table", row: "tr", checked: ":checked", contactId: [{ attribute: "id" }] }],
};

/** Every route under /v1 with who gets what; what stands after a comma is said of the case. */
export function accessRoutes(directory: DirectoryKind): Record<string, Route> {
  return {
    ...READING,
    ...CONTACTS,
    ...(directory === "built_in" ? WITHOUT_CRM : WITH_CRM),
    ...GROUPS,
    ...MESSAGES,
    ...RECIPES,
    // Last: it ends the sign-ins.
    "DELETE /v1/session": { call: (_, user) => user("DELETE", "/v1/session"), expected: everybody(204) },
  };
}

const READING: Record<string, Route> = {
  "GET /v1/session": { call: (_, user) => user("GET", "/v1/session"), expected: everybody(200) },
  "GET /v1/numbers": { call: (_, user) => user("GET", "/v1/numbers"), expected: everybody(200) },
  "GET /v1/contacts": { call: (_, user) => user("GET", "/v1/contacts"), expected: everybody(200) },
  "GET /v1/owners": { call: (_, user) => user("GET", "/v1/owners"), expected: everybody(200) },
  "GET /v1/sync": { call: (_, user) => user("GET", "/v1/sync"), expected: everybody(200) },
  "GET /v1/groups": { call: (_, user) => user("GET", "/v1/groups"), expected: everybody(200) },
  "GET /v1/recipes": { call: (_, user) => user("GET", "/v1/recipes"), expected: everybody(200) },
};

const CONTACTS: Record<string, Route> = {
  "POST /v1/contacts/resolve": {
    call: (_, user) => user("POST", "/v1/contacts/resolve", { ids: ["c-1"], phones: [] }),
    expected: everybody(200),
  },
  "GET /v1/contacts/{id}": {
    call: async ({ contact }, user) => user("GET", `/v1/contacts/${await contact()}`),
    expected: contactSeers(200),
  },
};

const putContact: Route["call"] = async ({ contact }, user) =>
  user("PUT", `/v1/contacts/${await contact()}`, personWith(newNumber()));
const deleteContact: Route["call"] = async ({ contact }, user) => user("DELETE", `/v1/contacts/${await contact()}`);
const importContacts: Route["call"] = (_, user) =>
  user("POST", "/v1/contacts/import", { contacts: [{ id: newId(), ...personWith(newNumber()) }] });
const readDirectory: Route["call"] = (_, user) => user("GET", "/v1/directory");
const syncDirectory: Route["call"] = (_, user) => user("POST", "/v1/directory/sync", {});
const connect: Route["call"] = (_, user) => user("POST", "/v1/directory/highlevel/connect", {});
const putToken: Route["call"] = (_, user) => user("PUT", "/v1/directory/highlevel/token", { token: PRIVATE_TOKEN });
const disconnect: Route["call"] = (_, user) => user("DELETE", "/v1/directory/highlevel");

/** With the built-in directory contacts are kept here, and there is nothing to connect. */
const WITHOUT_CRM: Record<string, Route> = {
  "PUT /v1/contacts/{id}": { call: putContact, expected: admins(200) },
  "DELETE /v1/contacts/{id}": { call: deleteContact, expected: contactAdmins(204) },
  "POST /v1/contacts/import": { call: importContacts, expected: admins(200) },
  "GET /v1/directory": { call: readDirectory, expected: admins(200) },
  "POST /v1/directory/sync": { call: syncDirectory, expected: admins("directory_built_in") },
  "POST /v1/directory/highlevel/connect": { call: connect, expected: admins("directory_built_in") },
  "PUT /v1/directory/highlevel/token": { call: putToken, expected: admins("directory_built_in") },
  "DELETE /v1/directory/highlevel": { call: disconnect, expected: admins("not_found") },
};

/** With a CRM's it is the other way round; but the other workspace has a built-in one. */
const WITH_CRM: Record<string, Route> = {
  "PUT /v1/contacts/{id}": { call: putContact, expected: admins("directory_external", 200) },
  "DELETE /v1/contacts/{id}": { call: deleteContact, expected: admins("directory_external", "not_found") },
  "POST /v1/contacts/import": { call: importContacts, expected: admins("directory_external", 200) },
  "GET /v1/directory": { call: readDirectory, expected: admins(200) },
  "POST /v1/directory/sync": { call: syncDirectory, expected: admins(200, "directory_built_in") },
  "POST /v1/directory/highlevel/connect": { call: connect, expected: admins(200, "directory_built_in") },
  "DELETE /v1/directory/highlevel": { call: disconnect, expected: admins(204, "not_found") },
  // After the disconnection: from here on it is connected again.
  "PUT /v1/directory/highlevel/token": { call: putToken, expected: admins(200, "directory_built_in") },
};

const GROUPS: Record<string, Route> = {
  "POST /v1/groups": {
    call: async ({ newGroup }, user) => user("POST", "/v1/groups", await newGroup()),
    expected: creators(201),
  },
  "POST /v1/groups, in the place of one": {
    call: async ({ successor }, user) => user("POST", "/v1/groups", await successor()),
    expected: successors(201),
  },
  "GET /v1/groups/{id}": { call: ({ group }, user) => user("GET", `/v1/groups/${group.id}`), expected: seers(200) },
  "GET /v1/groups/{id}, in capitals": {
    call: ({ group }, user) => user("GET", `/v1/groups/${group.id.toUpperCase()}`),
    expected: contactSeers(200),
  },
  "PATCH /v1/groups/{id}": {
    call: ({ group }, user) => user("PATCH", `/v1/groups/${group.id}`, { name: `${group.name} again` }),
    expected: senders(200),
  },
  "PUT /v1/groups/{id}/predecessor": {
    call: ({ group, locked }, user) => user("PUT", `/v1/groups/${group.id}/predecessor`, { groupId: locked.id }),
    expected: senders(200),
  },
  "PUT /v1/groups/{id}/read": {
    call: ({ group }, user) => user("PUT", `/v1/groups/${group.id}/read`, { seq: 2 }),
    expected: seers(200),
  },
};

const TOMORROW = () => ({ text: "Later", sendAt: new Date(Date.now() + 86_400_000).toISOString() });

const MESSAGES: Record<string, Route> = {
  "GET /v1/groups/{id}/messages": {
    call: ({ group }, user) => user("GET", `/v1/groups/${group.id}/messages`),
    expected: seers(200),
  },
  "GET /v1/groups/{id}/messages, of a locked one": {
    call: ({ locked }, user) => user("GET", `/v1/groups/${locked.id}/messages`),
    expected: seers(200),
  },
  "POST /v1/groups/{id}/messages": {
    call: ({ group }, user) =>
      user("POST", `/v1/groups/${group.id}/messages`, { id: newId(), text: `Said ${newId()}` }),
    expected: senders(202),
  },
  "POST /v1/groups/{id}/messages/{messageId}/held": {
    call: ({ group }, user) =>
      user("POST", `/v1/groups/${group.id}/messages/${group.lastMessage?.id ?? ""}/held`, { wish: "discard" }),
    expected: senders(200),
  },
  "POST /v1/groups/{id}/scheduled": {
    call: ({ group }, user) => user("POST", `/v1/groups/${group.id}/scheduled`, { id: newId(), ...TOMORROW() }),
    expected: senders(201),
  },
  "PATCH /v1/groups/{id}/scheduled/{scheduledId}": {
    call: ({ group }, user) => user("PATCH", `/v1/groups/${group.id}/scheduled/${newId()}`, TOMORROW()),
    expected: senders("not_found"),
  },
  "POST /v1/groups/{id}/scheduled/{scheduledId}/settle": {
    call: ({ group }, user) => user("POST", `/v1/groups/${group.id}/scheduled/${newId()}/settle`, { wish: "discard" }),
    expected: senders(200),
  },
  "POST /v1/groups/{id}/scheduled, to a locked one": {
    call: ({ locked }, user) => user("POST", `/v1/groups/${locked.id}/scheduled`, { id: newId(), ...TOMORROW() }),
    expected: lockedOut(),
  },
  "POST /v1/groups/{id}/messages, to a locked one": {
    call: ({ locked }, user) => user("POST", `/v1/groups/${locked.id}/messages`, { id: newId(), text: "Hello" }),
    expected: lockedOut(),
  },
};

const RECIPES: Record<string, Route> = {
  "PUT /v1/recipes/{id}": { call: (_, user) => user("PUT", "/v1/recipes/acme-crm", OWN_RECIPE), expected: admins(200) },
  "DELETE /v1/recipes/{id}": {
    call: async (_, user) => {
      await user("PUT", "/v1/recipes/acme-crm", OWN_RECIPE);
      return user("DELETE", "/v1/recipes/acme-crm");
    },
    expected: admins(204),
  },
};

function newNumber(): string {
  return freshNumbers(1)[0] ?? "";
}

/** What a row is about: the method and the path, as the API's description has them. */
export function routeOf(row: string): string {
  return row.split(",")[0] ?? row;
}

/** What is served without a token, each with its own proof elsewhere; with `ALL`, what stands before the rest. */
export const OPEN_ROUTES = [
  "ALL /*",
  "ALL /auth/*",
  "ALL /sign-in/*",
  "ALL /v1/*",
  "GET /.well-known/oauth-authorization-server",
  "GET /auth/.well-known/oauth-authorization-server",
  "GET /auth/jwks",
  "GET /auth/oauth2/authorize",
  "GET /directory/highlevel/callback",
  "GET /docs",
  "GET /docs/start.js",
  "GET /docs/swagger-ui-bundle.js",
  "GET /docs/swagger-ui.css",
  "GET /healthz",
  "GET /openapi.json",
  "GET /readyz",
  "GET /sign-in",
  "GET /sign-in/refused",
  "GET /sign-in/style.css",
  "POST /auth/oauth2/revoke",
  "POST /auth/oauth2/token",
  "POST /sign-in",
  "POST /webhooks/highlevel",
  "POST /webhooks/telnyx",
];
