import { inWorkspace } from "../store/tenant.ts";
import { findContactIdsByPhone, findContacts, searchContacts } from "../store/contacts.ts";
import { listNumbers } from "../store/numbers.ts";
import type { DatabasePool } from "../store/pool.ts";
import { listUsers } from "../store/users.ts";
import type { Directory } from "./directory.ts";

/** The `contact` table itself is the truth; it is written through our own API. */
export function builtInDirectory(database: DatabasePool, workspaceId: string): Directory {
  return {
    kind: "built_in",
    account: null,
    writable: true,
    resolve: ({ ids, phones }) =>
      inWorkspace(database, workspaceId, async (trx) => {
        const byPhone = await findContactIdsByPhone(trx, workspaceId, phones);
        const contacts = await findContacts(trx, workspaceId, [...ids, ...byPhone.map((pair) => pair.contactId)]);
        return { contacts, byPhone, unreadable: [] };
      }),
    search: (search) => inWorkspace(database, workspaceId, (trx) => searchContacts(trx, workspaceId, search)),
    get: (id) => inWorkspace(database, workspaceId, async (trx) => (await findContacts(trx, workspaceId, [id])).at(0)),
    look: async () => undefined,
    users: async () => {
      const users = await inWorkspace(database, workspaceId, (trx) => listUsers(trx, workspaceId));
      return users.flatMap(({ crmUserId, name, role, assignedDataOnly }) =>
        crmUserId === null ? [] : [{ crmUserId, name, role, assignedDataOnly, deleted: false }],
      );
    },
    numbers: () =>
      inWorkspace(database, workspaceId, async (trx) => {
        const users = await listUsers(trx, workspaceId);
        return (await listNumbers(trx, workspaceId)).map(({ number, label, isDefault, assignedTo, mms }) => ({
          number,
          label,
          isDefault,
          crmUserId: users.find((user) => user.id === assignedTo)?.crmUserId ?? null,
          mms,
        }));
      }),
  };
}
