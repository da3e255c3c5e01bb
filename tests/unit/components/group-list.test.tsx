// @vitest-environment happy-dom
import { render } from "preact";
import { expect, it, vi } from "vitest";
import { GroupList } from "../../../components/home/group-list.tsx";
import { PanelModel } from "../../../utils/models/panel-model.ts";
import { GROUP, inbound, keepThread, panelWorld } from "../models/panel-world.ts";

it("puts each line below the one before, also while the code of menus and dialogs is still to come", async () => {
  const world = await panelWorld();
  await keepThread(world, GROUP, [inbound(1, "Hi")]);
  const { groups } = new PanelModel(world.gateway);
  await vi.waitFor(() => expect(groups.all.value).toHaveLength(1));
  const root = document.createElement("div");
  render(<GroupList groups={groups} userId={null} now={0} onOpen={() => undefined} />, root);
  const list = root.querySelector<HTMLElement>("ul");
  expect([...root.querySelectorAll<HTMLElement>("li")].map(({ style }) => style.top)).toEqual(["0px", "28px"]);
  expect(list?.style.height).toBe("84px");
});
