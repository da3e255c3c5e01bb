import { describe, expect, it, vi } from "vitest";
import { PanelModel } from "../../../utils/models/panel-model.ts";
import { DANA, GROUP, keepThread, LUIS, MAIN_LINE, panelWorld, participant } from "./panel-world.ts";

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

  it("asks the backend for what is not on this machine, page by page, to the end and no further", async () => {
    const { world, groups } = await groupsOf(GROUP);
    const asked: (string | null)[] = [];
    world.calls.load_groups = async (_, cursor) => {
      asked.push(cursor);
      return { ok: true, value: { groupIds: [], next: cursor === null ? "page-2" : null } };
    };
    await groups.loadMore();
    await groups.loadMore();
    await groups.loadMore();
    expect(asked).toEqual([null, "page-2"]);
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
    expect(groups.all.value?.[0]).toMatchObject({
      businessNumber: { number: MAIN_LINE.number },
      participants: [
        { phone: "+14155550142", contacts: [{ name: "Dana Wu" }] },
        { phone: "+16285550110", contacts: [] },
      ],
    });
  });
});
