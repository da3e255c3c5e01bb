import { describe, expect, it, vi } from "vitest";
import type { GroupsAsked } from "../../../utils/background-calls.ts";
import { fromMatch } from "../../../utils/models/group-search.ts";
import { PanelModel } from "../../../utils/models/panel-model.ts";
import { phoneCode } from "../../../utils/models/phone-code.ts";
import { DANA, GROUP, inbound, keepThread, LUIS, MAIN_LINE, panelWorld, participant } from "./panel-world.ts";

const OTHER = { ...GROUP, id: "0190a000-0000-7000-8000-000000000002", name: "Maple sellers" };
const THIRD = {
  ...GROUP,
  id: "0190a000-0000-7000-8000-000000000003",
  name: null,
  participants: [participant({ ...DANA, name: "Zoë Çelik" }), participant(LUIS)],
};

async function groupsOf(...groups: (typeof THIRD | typeof GROUP)[]) {
  const world = await panelWorld();
  for (const group of groups) await keepThread(world, group, []);
  const panel = new PanelModel(world.gateway);
  await vi.waitFor(() => expect(panel.groups.all.value).toHaveLength(groups.length));
  return { world, panel, groups: panel.groups };
}

describe("the groups list", () => {
  it("puts unread groups first, each part by latest activity", async () => {
    const { groups } = await groupsOf(
      { ...GROUP, lastActivityAt: "2026-03-01T00:00:00Z", unread: 2 },
      { ...OTHER, lastActivityAt: "2026-03-03T00:00:00Z" },
      { ...THIRD, lastActivityAt: "2026-03-02T00:00:00Z" },
    );
    expect(groups.unread.value.map(({ id }) => id)).toEqual([GROUP.id]);
    expect(groups.earlier.value.map(({ id }) => id)).toEqual([OTHER.id, THIRD.id]);
  });

  it.each([
    ["oak", [GROUP.id]],
    ["zoe celik", [THIRD.id]],
    ["(628) 555", [GROUP.id, OTHER.id, THIRD.id]],
    ["0133", [GROUP.id, OTHER.id]],
    ["street oak", [GROUP.id]],
    ["nobody", []],
  ])("finds %j by name, person or number", async (query, ids) => {
    const { groups } = await groupsOf(GROUP, OTHER, THIRD);
    groups.search(query);
    expect(groups.found.value.map(({ id }) => id).toSorted()).toEqual(ids);
  });

  it("finds what was said last", async () => {
    const { groups, world } = await groupsOf(OTHER);
    await keepThread(world, GROUP, [inbound(1, "The keys are under the mat")]);
    await vi.waitFor(() => expect(groups.all.value).toHaveLength(2));
    groups.search("MAT keys");
    expect(groups.found.value.map(({ id }) => id)).toEqual([GROUP.id]);
  });

  it("shows what the backend found in older messages, and forgets it with the search", async () => {
    const { groups, world } = await groupsOf(GROUP, OTHER);
    const said = inbound(1, "Is the escrow closed?", { groupId: OTHER.id });
    world.calls.load_groups = async () => ({ ok: true, value: { groupIds: [OTHER.id], said: [said], next: null } });
    groups.search("escrow");
    expect(groups.found.value).toEqual([]);
    await groups.loadMore();
    expect(groups.found.value.map(({ id }) => id)).toEqual([OTHER.id]);
    expect(groups.said(OTHER.id)).toEqual(said);
    groups.search("escrows");
    expect(groups.found.value).toEqual([]);
    expect(groups.said(OTHER.id)).toBeNull();
  });

  it("is looking from the first letter on, until the backend has answered", async () => {
    const { groups, world } = await groupsOf(GROUP);
    const answer = Promise.withResolvers<Awaited<ReturnType<typeof world.calls.load_groups>>>();
    world.calls.load_groups = () => answer.promise;
    groups.search("nobody");
    expect(groups.loading.value).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(groups.loading.value).toBe(true);
    answer.resolve({ ok: true, value: { groupIds: [], said: [], next: null } });
    await vi.waitFor(() => expect(groups.loading.value).toBe(false));
  });

  it.each([
    ["Keys are under the mat", "keys", "Keys are under the mat"],
    ["We will meet at the house at nine, the inspector comes too", "INSP", "… at nine, the inspector comes too"],
    ["We all meet Jürgen at the house", "jurgen house", "We all meet Jürgen at the house"],
    [
      "A_very_long_word_without_any_blank_and_then_escrow",
      "escrow",
      "A_very_long_word_without_any_blank_and_then_escrow",
    ],
    ["Two lines\nof which the second one holds\nthe word", "word", "… one holds the word"],
  ])("shows %j from where %j stands", (text, query, shown) => {
    expect(fromMatch(text, query)).toBe(shown);
  });

  it.each([
    ["unread", [GROUP.id]],
    ["mine", [GROUP.id, THIRD.id]],
    ["locked", [THIRD.id]],
    ["all", [GROUP.id, OTHER.id, THIRD.id]],
  ] as const)("shows what is %s", async (filter, ids) => {
    const cause = { participantId: "p-c-dana", name: "Dana Wu", reason: "opted_out" as const };
    const { groups } = await groupsOf(
      { ...GROUP, unread: 1 },
      { ...OTHER, createdBy: { id: "0190a000-0000-7000-8000-00000000000b", name: "Ben Carter" } },
      { ...THIRD, lock: { since: "2026-03-04T17:00:00Z", causes: [cause] } },
    );
    groups.show(filter);
    expect(groups.found.value.map(({ id }) => id).toSorted()).toEqual(ids);
  });

  it("asks for what is unread before the whole list, page by page, to the end and no further", async () => {
    const { world, groups } = await groupsOf(GROUP);
    const asked: GroupsAsked[] = [];
    world.calls.load_groups = async (question) => {
      asked.push(question);
      const groupIds = [`not here ${asked.length}`];
      return { ok: true, value: { groupIds, said: [], next: question.cursor === null ? "page-2" : null } };
    };
    for (let turn = 0; turn < 6; turn += 1) await groups.loadMore();
    expect(asked.map(({ filter, cursor }) => [filter, cursor])).toEqual([
      ["unread", null],
      ["unread", "page-2"],
      ["all", null],
      ["all", "page-2"],
    ]);
  });

  it("turns pages on until one holds something that is not shown yet", async () => {
    const { world, groups } = await groupsOf(GROUP);
    const cursors: (string | null)[] = [];
    world.calls.load_groups = async ({ cursor }) => {
      cursors.push(cursor);
      const page = cursors.length;
      return { ok: true, value: { groupIds: [page < 3 ? GROUP.id : OTHER.id], said: [], next: `after ${page}` } };
    };
    groups.show("mine");
    await vi.waitFor(() => expect(groups.loading.value).toBe(false));
    expect(cursors).toEqual([null, "after 1", "after 2"]);
  });

  it("stops after some pages without anything new, and looks on when told to", async () => {
    const { world, groups } = await groupsOf(GROUP);
    let asked = 0;
    world.calls.load_groups = async () => {
      asked += 1;
      return { ok: true, value: { groupIds: [], said: [], next: asked < 12 ? `after ${asked}` : null } };
    };
    groups.search("escrow");
    await groups.loadMore();
    expect([asked, groups.isPaused.value]).toEqual([8, true]);
    await groups.loadMore();
    expect([asked, groups.isPaused.value]).toEqual([12, false]);
    await groups.loadMore();
    expect(asked).toBe(12);
  });

  it("asks the backend for what was written, which knows numbers however they are", async () => {
    const { world, groups } = await groupsOf(GROUP);
    const asked: string[] = [];
    world.calls.load_groups = async ({ query }) => {
      asked.push(query);
      return { ok: true, value: { groupIds: [], said: [], next: null } };
    };
    for (const query of ["+1 (415) 555-0142", "  oak ", "0142"]) {
      groups.search(query);
      await groups.loadMore();
    }
    expect(asked).toEqual(["+1 (415) 555-0142", "oak", "0142"]);
  });

  it("shows a group that waits in the outbox, with the names it knows", async () => {
    const { world, panel, groups } = await groupsOf(GROUP);
    panel.remember([DANA]);
    await world.calls.enqueue({
      id: "0190a000-0000-7000-9000-0000000000f1",
      groupId: OTHER.id,
      madeAt: "2026-03-04T18:00:00Z",
      kind: "create_group",
      body: {
        id: OTHER.id,
        businessNumberId: MAIN_LINE.id,
        participants: [
          { contactId: DANA.id, phone: "(415) 555-0142" },
          { contactId: LUIS.id, phone: "(628) 555-0110" },
        ],
        name: null,
        successorOf: null,
        firstMessage: null,
      },
    });
    await vi.waitFor(() => expect(groups.all.value).toHaveLength(2));
    await phoneCode.load();
    expect(groups.all.value?.[0]).toMatchObject({
      businessNumber: { number: MAIN_LINE.number },
      participants: [
        { phone: "+14155550142", contacts: [{ name: "Dana Wu" }] },
        { phone: "+16285550110", contacts: [] },
      ],
    });
  });
});
