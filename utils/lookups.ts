import { ContactPage, ContactsResolved } from "@partyline/contract/contact";
import { Group, GroupPage } from "@partyline/contract/group";
import { MessagePage } from "@partyline/contract/message";
import { allow } from "@partyline/domain/result";
import type { ApiClient } from "./api-client.ts";
import type { BackgroundCalls } from "./background-calls.ts";
import { keepGroup, keepMessage } from "./known.ts";
import type { Replica, ReplicaChange } from "./replica.ts";

export interface LookupParts {
  replica: Replica;
  api: ApiClient;
  announce: (change: ReplicaChange) => void;
  newId: () => string;
}

type Lookups = Pick<
  BackgroundCalls,
  "resolve_contacts" | "search_contacts" | "load_older" | "load_groups" | "load_group"
>;

const PAGE = 50;

/** What a panel asks for beyond what sync brings by itself. */
export function createLookups({ replica, api, announce, newId }: LookupParts): Lookups {
  async function keepMessages(groupId: string, { messages }: MessagePage): Promise<void> {
    const transaction = replica.transaction(["messages"], "readwrite");
    for (const message of messages) await keepMessage(transaction, message);
    await transaction.done;
    announce({ store: "messages", groupId });
  }

  async function keepGroups(groups: readonly Group[]): Promise<void> {
    const transaction = replica.transaction(["groups"], "readwrite");
    for (const group of groups) await keepGroup(transaction, group);
    await transaction.done;
    announce({ store: "groups", ids: groups.map(({ id }) => id) });
  }

  return {
    resolve_contacts: (body) =>
      // A question that is too long for an address: a POST that changes nothing, under a key of its own.
      api.write({ method: "POST", path: "/v1/contacts/resolve", key: newId(), body }, ContactsResolved),

    search_contacts: (query) => api.get("/v1/contacts", ContactPage, { query: { query, limit: PAGE } }),

    async load_older(groupId, beforeSeq) {
      const query = { before: beforeSeq, limit: PAGE };
      const page = await api.get(`/v1/groups/${groupId}/messages`, MessagePage, { query });
      if (!page.ok) return page;
      await keepMessages(groupId, page.value);
      return allow({ more: page.value.before !== null });
    },

    async load_groups({ query, filter, cursor }) {
      const asked = { ...(query !== "" && { query }), ...(cursor !== null && { cursor }), filter, limit: PAGE };
      const page = await api.get("/v1/groups", GroupPage, { query: asked });
      if (!page.ok) return page;
      await keepGroups(page.value.groups);
      const { groups, said, next } = page.value;
      return allow({ groupIds: groups.map(({ id }) => id), said, next });
    },

    async load_group(groupId) {
      const [group, page] = await Promise.all([
        api.get(`/v1/groups/${groupId}`, Group),
        api.get(`/v1/groups/${groupId}/messages`, MessagePage, { query: { limit: PAGE } }),
      ]);
      if (!group.ok) return group;
      if (!page.ok) return page;
      await keepMessages(groupId, page.value);
      await keepGroups([group.value]);
      return allow(null);
    },
  };
}
