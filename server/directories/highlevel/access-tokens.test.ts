import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { v7 as newId } from "uuid";
import { CLIENT_ID, CLIENT_SECRET, HighLevelBench, LOCATION } from "@partyline/sandbox/highlevel/highlevel-bench";
import { findConnection, putConnection, takeRefresh } from "../../store/directory-connections.ts";
import { putDirectorySetting } from "../../store/directory-settings.ts";
import { openPool, type DatabasePool } from "../../store/pool.ts";
import { putWorkspace } from "../../store/provisioning.ts";
import { asOwner, inWorkspace } from "../../store/tenant.ts";
import { databases, type TestDatabase } from "../../testing/databases.ts";
import { DirectoryNotConnectedError, DirectoryUnavailableError } from "../directory.ts";
import { createSeal } from "../seal.ts";
import { createAccessTokens, sealPair, type AccessTokens } from "./access-tokens.ts";
import { redeemCode, type OAuthConfig } from "./oauth.ts";

const WORKSPACE = "01900000-0000-7000-8000-000000000001";
const REDIRECT = "http://127.0.0.1/callback";
const SECRET = "a secret of more than thirty-two characters";
const MINUTE_MS = 60_000;

describe.each(databases)("access tokens on $name", ({ open }) => {
  const crm = new HighLevelBench();
  let database: TestDatabase;
  let oauth: OAuthConfig;
  let aheadMs = 0;
  /** How often admins were told. */
  let told = 0;
  const now = () => new Date(Date.now() + aheadMs);
  const replica = (pool: DatabasePool = database, secret = SECRET): AccessTokens =>
    createAccessTokens({
      database: pool,
      seal: createSeal(secret),
      oauth,
      now,
      newId,
      onBroken: async () => {
        told += 1;
      },
    });
  const stored = () => inWorkspace(database, WORKSPACE, (trx) => findConnection(trx, WORKSPACE));

  beforeAll(async () => {
    database = await open();
    await asOwner(database, async (owner) => {
      const workspace = {
        id: WORKSPACE,
        name: "Harbor",
        users: [],
        numbers: [],
        apiKeys: [],
        at: new Date(),
        directoryRules: false,
      };
      await putWorkspace(owner, workspace);
      await putDirectorySetting(owner, WORKSPACE, { kind: "highlevel", locationId: LOCATION, timelineCopies: false });
    });
  });
  afterAll(() => database.close());

  /** Connected, with an access token that ends in an hour. */
  beforeEach(async () => {
    aheadMs = 0;
    await crm.start({ accessTokenSeconds: 3600 });
    oauth = {
      apiUrl: crm.crm.url,
      marketplaceUrl: crm.crm.url,
      clientId: CLIENT_ID,
      clientSecret: CLIENT_SECRET,
      timeoutMs: 2000,
    };
    const asked = new URLSearchParams({ client_id: CLIENT_ID, redirect_uri: REDIRECT, state: "s" });
    const back = new URL(await crm.allow(`${crm.crm.url}/v2/oauth/chooselocation?${asked.toString()}`));
    const pair = await redeemCode(oauth, { code: back.searchParams.get("code") ?? "", redirectUri: REDIRECT });
    const tokens = sealPair({ seal: createSeal(SECRET), now }, WORKSPACE, pair);
    await inWorkspace(database, WORKSPACE, (trx) =>
      putConnection(trx, WORKSPACE, { ...tokens, kind: "oauth", connectedAt: now(), connectedBy: newId() }),
    );
    return () => crm.stop();
  });

  test("a token that lasts is used again and again", async () => {
    const first = await replica().current(WORKSPACE);
    expect(await replica().current(WORKSPACE)).toBe(first);
    expect(await crm.counts()).toMatchObject({ refreshes: 0 });
  });

  test("two replicas whose token ends at once refresh it once, and all callers get the new one", async () => {
    // The embedded database belongs to one process, but even there two callers may meet.
    const other = database.engine === "embedded" ? database : await openPool(database.config);
    const [one, two] = [replica(), replica(other)];
    const before = await one.current(WORKSPACE);
    aheadMs = 56 * MINUTE_MS;
    await crm.behave({ tokenDelayMs: 300 });
    const calls = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? one : two).current(WORKSPACE));
    const tokens = new Set(await Promise.all(calls));
    expect(tokens.size).toBe(1);
    expect(tokens.has(before)).toBe(false);
    expect(await crm.counts()).toMatchObject({ refreshes: 1, replays: 0 });
    if (other !== database) await other.close();
  });

  test("a refused token is renewed though it should last, and once for all who were refused", async () => {
    const one = replica();
    const before = await one.current(WORKSPACE);
    await crm.control("POST", "/tokens/expire", {});
    const renewed = await Promise.all([one.current(WORKSPACE, before), replica().current(WORKSPACE, before)]);
    expect(new Set(renewed).size).toBe(1);
    expect(await crm.counts()).toMatchObject({ refreshes: 1, replays: 0 });
  });

  test("a new pair is stored before it is used: a replica that starts afterwards finds it", async () => {
    aheadMs = 56 * MINUTE_MS;
    const token = await replica().current(WORKSPACE);
    expect(await replica().current(WORKSPACE)).toBe(token);
    expect((await stored())?.accessToken).not.toContain(token);
    aheadMs = 112 * MINUTE_MS;
    await replica().current(WORKSPACE);
    expect(await crm.counts()).toMatchObject({ refreshes: 2, replays: 0 });
  });

  test("a server that stumbles is asked again", async () => {
    aheadMs = 56 * MINUTE_MS;
    await crm.behave({ nextToken: ["server_error", "reset"] });
    await replica().current(WORKSPACE);
    expect(await stored()).toMatchObject({ state: "connected", refreshingUntil: null });
  });

  test("a new pair whose answer was lost ends the connection, and says so", async () => {
    aheadMs = 56 * MINUTE_MS;
    await crm.behave({ nextToken: ["rotated_then_reset"] });
    await expect(replica().current(WORKSPACE)).rejects.toThrow(DirectoryNotConnectedError);
    expect(await stored()).toMatchObject({ state: "broken" });
    await expect(replica().current(WORKSPACE)).rejects.toThrow("no longer accepts");
    expect(await crm.counts()).toMatchObject({ replays: 1 });
  });

  test.each(["server_error", "forbidden_page"])(
    "an answer that is not the CRM's word (%s) ends nothing",
    async (fault) => {
      aheadMs = 56 * MINUTE_MS;
      await crm.behave({ nextToken: [fault, fault, fault] });
      await expect(replica().current(WORKSPACE)).rejects.toThrow(DirectoryUnavailableError);
      expect(await stored()).toMatchObject({ state: "connected", trouble: null, refreshingUntil: null });
      await replica().current(WORKSPACE);
      expect(await crm.counts()).toMatchObject({ refreshes: 1, replays: 0 });
    },
  );

  test("a wrong client secret is said in words, told once, and costs nothing once it is right", async () => {
    aheadMs = 56 * MINUTE_MS;
    const right = oauth;
    oauth = { ...oauth, clientSecret: "mistyped" };
    told = 0;
    const before = await stored();
    for (let time = 0; time < 2; time += 1) {
      await expect(replica().current(WORKSPACE)).rejects.toThrow("HIGHLEVEL_CLIENT_SECRET");
    }
    expect(await stored()).toMatchObject({ state: "connected", trouble: "app_refused" });
    expect((await stored())?.refreshToken).toBe(before?.refreshToken);
    expect(told).toBe(1);
    oauth = { ...right, apiUrl: "http://127.0.0.1:9" };
    await expect(replica().current(WORKSPACE)).rejects.toThrow(DirectoryUnavailableError);
    expect(await stored()).toMatchObject({ trouble: "app_refused" });
    oauth = right;
    await replica().current(WORKSPACE);
    expect(await stored()).toMatchObject({ state: "connected", trouble: null });
    expect(told).toBe(2);
  });

  test("a refusal of a token that was replaced meanwhile breaks nothing; of the stored one it does", async () => {
    const one = replica();
    const refused = await one.current(WORKSPACE);
    const renewed = await one.current(WORKSPACE, refused);
    await one.markBroken(WORKSPACE, refused);
    expect(await stored()).toMatchObject({ state: "connected" });
    await one.markBroken(WORKSPACE, renewed);
    expect(await stored()).toMatchObject({ state: "broken" });
  });

  test("a replica that died while refreshing holds the others up only until its time is over", async () => {
    aheadMs = 56 * MINUTE_MS;
    const until = new Date(now().getTime() + 700);
    await inWorkspace(database, WORKSPACE, (trx) => takeRefresh(trx, WORKSPACE, newId(), until));
    const start = Date.now();
    await replica().current(WORKSPACE);
    expect(Date.now() - start).toBeGreaterThanOrEqual(600);
    expect(await crm.counts()).toMatchObject({ refreshes: 1 });
  });

  test("with another secret the stored token cannot be opened, and the cure is named", async () => {
    const other = replica(database, "another secret of thirty-two characters");
    await expect(other.current(WORKSPACE)).rejects.toThrow("PARTYLINE_SECRET");
  });
});
