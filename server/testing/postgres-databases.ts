import { openPool } from "../store/pool.ts";

/** For what must happen outside the database in question, as creating and dropping it must. */
export async function onServer(databaseUrl: string, statement: string): Promise<void> {
  const server = await openPool({ databaseUrl, dataFolder: "", onError: () => undefined });
  await server.pool.query(statement);
  await server.close();
}

export function databaseAt(url: string, name: string): string {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}
