import type { DirectoryState } from "@partyline/contract/directory";
import type { DirectoryGateway } from "../../../utils/models/directory-model.ts";
import { SESSION } from "./panel-world.ts";

export const CONNECTED: DirectoryState = {
  kind: "highlevel",
  locationId: "location0000000000001",
  connection: { kind: "oauth", state: "connected", trouble: null, since: "2026-03-01T17:00:00Z" },
  canAuthorize: true,
  timelineCopies: false,
  peopleSyncedAt: "2026-03-02T17:00:00Z",
};

/** An admin's options page over a background that notes what it is asked. */
export function directoryGateway(state: () => DirectoryState = () => CONNECTED) {
  const asked: string[] = [];
  const gateway: DirectoryGateway & { asked: string[]; comeBack: () => void } = {
    asked,
    comeBack: () => undefined,
    calls: {
      read_directory: async () => ({ ok: true, value: state() }),
      async connect_directory() {
        asked.push("connect");
        return { ok: true, value: { authorizeUrl: "https://marketplace.example/allow" } };
      },
      async put_directory_token(token) {
        asked.push(`token ${token}`);
        return { ok: true, value: CONNECTED };
      },
      async disconnect_directory() {
        asked.push("disconnect");
        return { ok: true, value: null };
      },
    },
    changes: { subscribe: () => () => undefined },
    readSession: async () => ({ ...SESSION, user: { ...SESSION.user, role: "admin" } }),
    openPage: (url) => asked.push(`open ${url}`),
    onReturn: (listener) => {
      gateway.comeBack = listener;
    },
  };
  return gateway;
}
