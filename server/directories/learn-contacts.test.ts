import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findKnownContacts, markTold } from "../store/directory-contacts.ts";
import { inWorkspace } from "../store/tenant.ts";
import { startTestBackend, WORKSPACE, type TestBackend } from "../testing/backend.ts";
import { databases } from "../testing/databases.ts";
import { learnContacts, learnFromList } from "./learn-contacts.ts";

const AT = (minute: number) => new Date(Date.UTC(2026, 2, 4, 17, minute));

function person(id: string, name: string, doNotDisturb: boolean) {
  return { id, name, ownerId: null, doNotDisturb, smsStatus: "inactive" as const, phones: [], tags: [] };
}

describe.each(databases)("what is learned of contacts on $name", (engine) => {
  let backend: TestBackend;
  const inside = <Value>(work: Parameters<typeof inWorkspace<Value>>[2]) =>
    inWorkspace(backend.context.database, WORKSPACE.id, work);
  const answer = (id: string, doNotDisturb: boolean, askedAt: Date) =>
    learnContacts(backend.context, WORKSPACE.id, [{ id, contact: person(id, "Asked", doNotDisturb), askedAt }]);
  const list = (id: string) => learnFromList(backend.context, WORKSPACE.id, [person(id, "Listed", false)]);
  const known = async (id: string) =>
    (await inside((trx) => findKnownContacts(trx, WORKSPACE.id, [id]))).get(id) ?? null;

  beforeAll(async () => {
    backend = await startTestBackend(engine);
  });
  afterAll(() => backend.close());

  test("a page of a search never takes the place of an answer, though both come in at once", async () => {
    const ids = Array.from({ length: 25 }, (_, index) => `met-${index}`);
    await Promise.all(ids.flatMap((id) => [list(id), answer(id, true, AT(1))]));
    for (const id of ids) {
      expect(await known(id)).toMatchObject({ contact: { name: "Asked", doNotDisturb: true }, askedAt: AT(1) });
    }
  });

  test("of two answers the one asked for later stays, whichever comes last", async () => {
    await Promise.all([answer("two", true, AT(2)), answer("two", false, AT(1))]);
    expect(await known("two")).toMatchObject({ contact: { doNotDisturb: true }, askedAt: AT(2) });
  });

  test("what was under way when the CRM told of a change is not the last word on it", async () => {
    await answer("told", true, AT(1));
    await inside((trx) => markTold(trx, WORKSPACE.id, "told", AT(3)));
    await answer("told", false, AT(2));
    await list("told");
    expect(await known("told")).toMatchObject({ contact: { name: "Asked", doNotDisturb: true }, askedAt: null });
    await answer("told", false, AT(4));
    expect(await known("told")).toMatchObject({ contact: { doNotDisturb: false }, askedAt: AT(4) });
  });
});
