import { DirectoryAuthorization, DirectoryState } from "@partyline/contract/directory";
import { z } from "zod";
import type { ApiClient } from "./api-client.ts";
import type { BackgroundCalls } from "./background-calls.ts";

type DirectoryCalls = Pick<
  BackgroundCalls,
  "read_directory" | "connect_directory" | "put_directory_token" | "disconnect_directory"
>;

const PATH = "/v1/directory/highlevel";

/** What an admin may ask about where contacts come from. */
export function createDirectoryCalls({ api, newId }: { api: ApiClient; newId: () => string }): DirectoryCalls {
  return {
    read_directory: () => api.get("/v1/directory", DirectoryState),
    connect_directory: () =>
      api.write({ method: "POST", path: `${PATH}/connect`, key: newId(), body: {} }, DirectoryAuthorization),
    put_directory_token: (token) =>
      api.write({ method: "PUT", path: `${PATH}/token`, key: newId(), body: { token } }, DirectoryState),
    async disconnect_directory() {
      const answer = await api.write({ method: "DELETE", path: PATH, key: newId() }, z.unknown());
      return answer.ok ? { ok: true, value: null } : answer;
    },
  };
}
