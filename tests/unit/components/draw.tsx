import { render } from "preact";
import { act } from "preact/test-utils";
import { App } from "../../../components/app.tsx";
import { loadViews } from "../../../components/views.tsx";
import { PanelModel } from "../../../utils/models/panel-model.ts";
import type { PanelWorld } from "../models/panel-world.ts";

/** Draws the whole panel over a world, and finds things in it the way a person or a screen reader would. */
export async function drawPanel(world: PanelWorld) {
  await loadViews();
  const root = document.createElement("div");
  // The panel of the test before would hear the keys as well.
  for (const former of document.body.children) render(null, former);
  document.body.replaceChildren(root);
  const panel = new PanelModel(world.gateway);
  let closed = 0;
  world.events.push({ kind: "connection", connection: { state: "connected" } });
  await act(() => render(<App gateway={world.gateway} panel={panel} onClose={() => (closed += 1)} />, root));
  return { panel, root, closed: () => closed, ...reading(root) };
}

export function reading(root: HTMLElement) {
  const all = (selector: string) => [...root.querySelectorAll<HTMLElement>(selector)];
  return {
    text: () => root.textContent ?? "",
    button: (name: string) => all("button, a").find((element) => nameOf(element) === name) ?? null,
    buttons: (name: string) => all("button").filter((element) => nameOf(element) === name),
    field: (name: string) =>
      all("input, textarea").find((element) => element.getAttribute("aria-label") === name) as
        | HTMLInputElement
        | undefined,
    list: (name: string) => all(`[aria-label="${name}"] > li`).map((item) => item.textContent ?? ""),
    press: async (key: string, target: Element | null | undefined = document.activeElement) => {
      await act(() => {
        target?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
      });
    },
    click: async (element: Element | null | undefined) => {
      await act(() => (element as HTMLElement).click());
    },
    write: async (field: HTMLInputElement | undefined, text: string) => {
      await act(() => {
        if (field === undefined) throw new Error("There is no such field.");
        field.value = text;
        field.dispatchEvent(new Event("input", { bubbles: true }));
      });
    },
  };
}

function nameOf(element: Element): string {
  return element.getAttribute("aria-label") ?? element.textContent?.trim() ?? "";
}
