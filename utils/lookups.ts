import { ContactPage, ContactsResolved } from "@partyline/contract/contact";
import { Group, GroupPage } from "@partyline/contract/group";
import { MessagePage } from "@partyline/contract/message";
import { allow, type Result } from "@partyline/domain/result";
import type { ApiClient } from "./api-client.ts";
import type { BackgroundCalls } from "./background-calls.ts";
import type { CallRefusal } from "./command.ts";
import { keepAskedGroup, keepMessage, lifeOf, type Writing } from "./known.ts";
import type { Replica, ReplicaChange } from "./replica.ts";

export interface LookupParts {
  replica: Replica;
  api: ApiClient;
  announce: (change: ReplicaChange) => void;
  newId: () => string;
}

type Lookups = Pick<
  BackgroundCalls,
  "resolve_contacts" | "search_contacts" | "load_older" | "load_groups" | "load_group" | "look_at_group"
>;

const PAGE = 50;

/** What a panel asks for beyond what sync brings by itself. */
export function createLookups({ replica, api, announce, newId }: LookupParts): Lookups {
  const ask = askIn(replica);
  return {
    resolve_contacts: (body) =>
      // A question that is too long for an address: a POST that changes nothing, under a key of its own.
      api.write({ method: "POST", path: "/v1/contacts/resolve", key: newId(), body }, ContactsResolved),

    search_contacts: (query) => api.get("/v1/contacts", ContactPage, { query: { query, limit: PAGE } }),

    async load_older(groupId, beforeSeq) {
      const page = await ask(
        () => api.get(`/v1/groups/${groupId}/messages`, MessagePage, { query: { before: beforeSeq, limit: PAGE } }),
        keepMessages,
      );
      if (!page.ok) return page;
      announce({ store: "messages", groupId });
      return allow({ more: page.value.before !== null });
    },

    async load_groups({ query, filter, cursor }) {
      const asked = { ...(query !== "" && { query }), ...(cursor !== null && { cursor }), filter, limit: PAGE };
      const page = await ask(
        () => api.get("/v1/groups", GroupPage, { query: asked }),
        async (transaction, { groups }) => {
          for (const group of groups) await keepAskedGroup(transaction, group);
        },
      );
      if (!page.ok) return page;
      const { groups, said, next } = page.value;
      const groupIds = groups.map(({ id }) => id);
      announce({ store: "groups", ids: groupIds });
      return allow({ groupIds, said, next });
    },

    async load_group(groupId) {
      const answer = await ask(
        () => readThread(api, groupId),
        async (transaction, { group, page }) => {
          await keepAskedGroup(transaction, group);
          await keepMessages(transaction, page);
        },
      );
      if (!answer.ok) return answer;
      announce({ store: "groups", ids: [groupId] });
      announce({ store: "messages", groupId });
      return allow(null);
    },

    async look_at_group(groupId) {
      const group = await api.get(`/v1/groups/${groupId}`, Group);
      // What it is like is known; what its people turn out to be comes with the sync.
      return group.ok ? allow(null) : group;
    },
  };
}

/** Asks again where everything was dropped meanwhile: then nobody knows whether the answer still holds. */
function askIn(replica: Replica) {
  return async <Value>(
    question: () => Promise<Result<Value, CallRefusal>>,
    keep: (transaction: Writing, value: Value) => Promise<void>,
  ): Promise<Result<Value, CallRefusal>> => {
    for (;;) {
      const life = await lifeOf(replica.transaction("facts").store);
      const answer = await question();
      if (!answer.ok) return answer;
      const transaction = replica.transaction(["groups", "messages", "facts"], "readwrite");
      const isSameLife = (await lifeOf(transaction.objectStore("facts"))) === life;
      if (isSameLife) await keep(transaction, answer.value);
      await transaction.done;
      if (isSameLife) return answer;
    }
  };
}

async function keepMessages(transaction: Writing, { messages }: MessagePage): Promise<void> {
  for (const message of messages) await keepMessage(transaction, message);
}

async function readThread(
  api: ApiClient,
  groupId: string,
): Promise<Result<{ group: Group; page: MessagePage }, CallRefusal>> {
  const [group, page] = await Promise.all([
    api.get(`/v1/groups/${groupId}`, Group),
    api.get(`/v1/groups/${groupId}/messages`, MessagePage, { query: { limit: PAGE } }),
  ]);
  if (!group.ok) return group;
  return page.ok ? allow({ group: group.value, page: page.value }) : page;
}
