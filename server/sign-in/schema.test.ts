import { getMigrations } from "better-auth/db/migration";
import { expect, test } from "vitest";
import { databases } from "../testing/databases.ts";
import { LIFETIMES } from "./lifetimes.ts";
import { createProvider } from "./provider.ts";

test.each(databases)("better-auth misses no table and no column on $name", async ({ open }) => {
  const database = await open();
  const { options } = createProvider({
    pool: database.pool,
    publicUrl: "http://127.0.0.1:4310",
    secret: "a secret of more than thirty-two characters",
    demoUsers: [],
    lifetimes: LIFETIMES,
    log: () => undefined,
  });
  const missing = async () => {
    const { toBeCreated, toBeAdded } = await getMigrations(options);
    return [...toBeCreated, ...toBeAdded].map(({ table, fields }) => [table, Object.keys(fields)]);
  };
  expect(await missing()).toEqual([]);
  await database.pool.query(`alter table auth."session" drop column "userAgent"`);
  expect(await missing()).toEqual([["session", ["userAgent"]]]);
  await database.close();
});
