// @vitest-environment happy-dom
import { describe, expect, it, vi } from "vitest";
import { GROUP, keepThread, LUIS, panelWorld, selectionOf, TOM } from "../models/panel-world.ts";
import { drawPanel } from "./draw.tsx";

async function listOfThree() {
  const world = await panelWorld();
  const ids = ["1", "2", "3"].map((digit) => `0190a000-0000-7000-8000-00000000000${digit}`);
  for (const [index, id] of ids.entries()) {
    await keepThread(
      world,
      { ...GROUP, id, name: `Group ${index}`, lastActivityAt: `2026-03-0${4 - index}T00:00:00Z` },
      [],
    );
  }
  const drawn = await drawPanel(world);
  await vi.waitFor(() => expect(drawn.root.querySelectorAll(".group-row")).toHaveLength(3));
  const rows = [...drawn.root.querySelectorAll<HTMLElement>(".group-row")];
  return { world, rows, ids, ...drawn };
}

describe("the keyboard", () => {
  it("moves through a list with one tab stop", async () => {
    const { rows, press } = await listOfThree();
    expect(rows.map((row) => row.tabIndex)).toEqual([0, -1, -1]);
    rows[0]!.focus();
    await press("ArrowDown");
    expect(document.activeElement).toBe(rows[1]);
    await press("End");
    expect(document.activeElement).toBe(rows[2]);
    await press("ArrowDown");
    expect(document.activeElement).toBe(rows[2]);
    await press("Home");
    expect(document.activeElement).toBe(rows[0]);
    expect(rows.map((row) => row.tabIndex)).toEqual([0, -1, -1]);
  });

  it("goes one level back with Escape, and closes the panel from home", async () => {
    const { rows, panel, press, click, closed, root } = await listOfThree();
    await click(rows[1]);
    expect(panel.navigation.route.value.view).toBe("thread");
    await press("Escape", root.firstElementChild);
    expect(panel.navigation.route.value.view).toBe("home");
    await press("Escape", root.firstElementChild);
    expect(closed()).toBe(1);
  });

  it("texts the selected people with T, but writes a t in a field", async () => {
    const { world, panel, field, button, press, root } = await listOfThree();
    world.events.push({ kind: "selection", selection: selectionOf([LUIS, TOM]) });
    await vi.waitFor(() => expect(button("Text 2 people")).not.toBeNull());
    await press("t", field("Search people, numbers, groups"));
    expect(panel.navigation.route.value.view).toBe("home");
    await press("t", root.firstElementChild);
    expect(panel.navigation.route.value.view).toBe("new_group");
  });

  it("lists the keys with ?", async () => {
    const { press, root } = await listOfThree();
    await press("?", root.firstElementChild);
    await vi.waitFor(() => expect(root.querySelector("[role='dialog']")?.textContent).toContain("One level back"));
  });

  it("takes no letter for a key while the field it was meant for has gone, until somebody is elsewhere", async () => {
    const { world, root, field, press } = await listOfThree();
    const isHelpOpen = () => root.querySelector("[role='dialog']") !== null;
    field("Search people, numbers, groups")!.focus();
    world.events.push({ kind: "connection", connection: { state: "signed_out" } });
    await vi.waitFor(() => expect(field("Search people, numbers, groups")).toBeUndefined());
    await press("?", document.body);
    expect(isHelpOpen()).toBe(false);
    root.querySelector("button")!.focus();
    root.querySelector("button")!.blur();
    await press("?", document.body);
    await vi.waitFor(() => expect(isHelpOpen()).toBe(true));
  });

  it("empties the search before it leaves", async () => {
    const { field, press, write, closed } = await listOfThree();
    const search = field("Search people, numbers, groups");
    await write(search, "Group 1");
    await press("Escape", search);
    expect(search?.value).toBe("");
    expect(closed()).toBe(0);
  });
});
