import { randomBytes } from "node:crypto";
import { findPostgres } from "@partyline/server/testing/find-postgres";
import { databaseAt, onServer } from "@partyline/server/testing/postgres-databases";

export interface EmptyDatabase extends AsyncDisposable {
  url: string;
}

/** An empty database on the server that the tests use too. */
export async function createDatabase(): Promise<EmptyDatabase> {
  const server = await findPostgres();
  const name = `partyline_bench_${randomBytes(4).toString("hex")}`;
  await onServer(server.url, `create database ${name}`);
  return {
    url: databaseAt(server.url, name),
    async [Symbol.asyncDispose]() {
      await onServer(server.url, `drop database ${name} with (force)`);
      server.stop();
    },
  };
}
