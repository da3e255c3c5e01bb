import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Group } from "@partyline/contract/group";
import type { SyncPage } from "@partyline/contract/sync";
import { WORKSPACE } from "../testing/backend.ts";
import { databases } from "../testing/databases.ts";
import { bodyOf, freshNumbers, openOffice, type Office } from "../testing/office.ts";

describe.each(databases)("a group that exists already and follows another, on $name", (engine) => {
  let office: Office;

  beforeAll(async () => {
    office = await openOffice(engine);
  });
  afterAll(() => office.close());

  const open = () => office.openGroup(freshNumbers(2));
  const openMany = async (count: number): Promise<Group[]> => Promise.all(Array.from({ length: count }, () => open()));
  const follow = (group: Group, before: { id: string }, who = office.ava) =>
    who<Group>("PUT", `/v1/groups/${group.id}/predecessor`, { groupId: before.id });
  const read = async ({ id }: Group) => bodyOf(200, await office.ava<Group>("GET", `/v1/groups/${id}`));
  /** What each of these follows, by their places; null for what follows none. */
  const lines = async (...groups: Group[]) => {
    const now = await Promise.all(groups.map(read));
    return now.map(({ links }) => {
      const [before, ...more] = links.filter(({ relation }) => relation === "predecessor");
      expect(more).toEqual([]);
      return before === undefined ? null : groups.findIndex(({ id }) => id === before.groupId);
    });
  };
  const changesAfter = async (cursor: string) => {
    const { changes } = bodyOf(200, await office.ben<SyncPage>("GET", `/v1/sync?cursor=${cursor}`));
    return changes.flatMap((change) => (change.kind === "group" ? [change.group] : []));
  };
  const cursorNow = async () => bodyOf(200, await office.ben<SyncPage>("GET", "/v1/sync")).cursor;

  test("is refused to be made again, and is then tied to the one before, both ways and for everybody", async () => {
    const [before] = await openMany(1);
    const numbers = freshNumbers(2);
    const people = await office.addPeople(numbers);
    const wanted = () => office.groupRequest(people, numbers, { successorOf: before!.id });
    const first = bodyOf(201, await office.ava<Group>("POST", "/v1/groups", { ...wanted(), successorOf: null }));
    const refused = await office.ava("POST", "/v1/groups", wanted());
    expect(refused).toMatchObject({ status: 409, body: { code: "group_exists", groupId: first.id } });
    const cursor = await cursorNow();
    const tied = bodyOf(200, await follow(first, before!));
    expect(tied.links).toMatchObject([{ groupId: before!.id, relation: "predecessor" }]);
    expect(tied.revision).toBeGreaterThan(first.revision);
    const told = await changesAfter(cursor);
    expect(told.map(({ id, links }) => [id, links[0]?.relation])).toEqual(
      expect.arrayContaining([
        [first.id, "predecessor"],
        [before!.id, "successor"],
      ]),
    );
    expect(told.every(({ revision }) => revision >= tied.revision)).toBe(true);
  });

  test("keeps what it follows already, and nobody is told of nothing", async () => {
    const [group, before, other] = await openMany(3);
    bodyOf(200, await follow(group!, before!));
    const cursor = await cursorNow();
    const kept = bodyOf(200, await follow(group!, other!));
    expect(kept.links).toMatchObject([{ groupId: before!.id, relation: "predecessor" }]);
    bodyOf(200, await follow(group!, before!));
    expect(await changesAfter(cursor)).toEqual([]);
  });

  test("does not come to follow itself, however far round", async () => {
    const [one, two, three] = await openMany(3);
    bodyOf(200, await follow(one!, one!));
    bodyOf(200, await follow(two!, one!));
    bodyOf(200, await follow(three!, two!));
    bodyOf(200, await follow(one!, three!));
    expect(await lines(one!, two!, three!)).toEqual([null, 0, 1]);
  });

  test("follows one of two when both are asked for at once", async () => {
    const [group, ...others] = await openMany(4);
    const cursor = await cursorNow();
    const answers = await Promise.all([...others, ...others].map((before) => follow(group!, before)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const [before] = await lines(group!, ...others);
    expect([1, 2, 3]).toContain(before);
    const told = await changesAfter(cursor);
    expect(told.map(({ id }) => id).toSorted()).toEqual([group!.id, others[before! - 1]!.id].toSorted());
  });

  test("closes no circle when its two halves are asked for at once", async () => {
    for (let round = 0; round < 3; round += 1) {
      const [a, b, c, d] = await openMany(4);
      bodyOf(200, await follow(a!, b!));
      bodyOf(200, await follow(c!, d!));
      const halves = await Promise.all([follow(b!, c!), follow(d!, a!)]);
      expect(halves.map(({ status }) => status)).toEqual([200, 200]);
      const [ofA, ofB, ofC, ofD] = await lines(a!, b!, c!, d!);
      expect([ofA, ofC]).toEqual([1, 3]);
      expect([ofB, ofD].filter((before) => before !== null)).toHaveLength(1);
    }
  });

  test("is tied by nobody who does not see both, nor by a reader", async () => {
    const [group, before] = await openMany(2);
    const foreign = await open();
    expect(await follow(group!, { id: newId() })).toMatchObject({ status: 404, body: { code: "not_found" } });
    const numbers = freshNumbers(2);
    const own = await office.addPeople(numbers, "u-cleo");
    const cleos = bodyOf(201, await office.cleo<Group>("POST", "/v1/groups", office.groupRequest(own, numbers)));
    expect(await follow(cleos, foreign, office.cleo)).toMatchObject({ status: 404 });
    expect(await follow(foreign, cleos, office.cleo)).toMatchObject({ status: 404 });
    const [bens, people] = [freshNumbers(2), WORKSPACE.numbers[1]!.id];
    const wanted = office.groupRequest(await office.addPeople(bens, "u-cleo"), bens, { businessNumberId: people });
    const onBensLine = bodyOf(201, await office.ben<Group>("POST", "/v1/groups", wanted));
    expect(await follow(onBensLine, cleos, office.cleo)).toMatchObject({
      status: 403,
      body: { code: "number_not_usable", refusal: { reason: "number_assigned_to_other" } },
    });
    expect(await lines(group!, before!, foreign, cleos, onBensLine)).toEqual([null, null, null, null, null]);
  });
});
