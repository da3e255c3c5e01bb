// @vitest-environment happy-dom
import { render } from "preact";
import { act } from "preact/test-utils";
import { beforeEach, expect, test, vi } from "vitest";
import { later } from "../../../components/later.tsx";
import { Menu } from "../../../components/menu.tsx";
import { MissingCode } from "../../../components/missing-code.tsx";
import { reading } from "./draw.tsx";

const root = document.createElement("div");
const { button, click, press, text } = reading(root);

beforeEach(() => {
  render(null, root);
  document.body.replaceChildren(root);
});

const chosen = vi.fn<(value: string) => void>();
const ITEMS = ["keys", "options", "close"].map((value) => ({
  value,
  text: value,
  plainText: value,
  disabled: value === "close",
}));

function drawMenu() {
  return act(() => render(<Menu kind="action" label="More" trigger="…" items={ITEMS} onSelect={chosen} />, root));
}

const highlighted = () => root.querySelector("[data-highlighted]")?.textContent ?? null;

test("a menu that is pressed before its code is here opens when it comes, and closes at a second press", async () => {
  await drawMenu();
  expect(root.querySelector("[role='menu']")).toBeNull();
  expect(button("More")?.getAttribute("aria-expanded")).toBe("false");
  await click(button("More"));
  await vi.waitFor(() => expect(root.querySelectorAll("[role='menuitem']")).toHaveLength(3));
  expect(button("More")?.getAttribute("aria-expanded")).toBe("true");
  expect(highlighted()).toBeNull();
  await click(root.querySelector("[data-value='options']"));
  await vi.waitFor(() => expect(chosen).toHaveBeenLastCalledWith("options"));
  await vi.waitFor(() => expect(root.querySelector("[role='menu']")).toBeNull());
  await click(button("More"));
  await vi.waitFor(() => expect(root.querySelector("[role='menu']")).not.toBeNull());
  await click(button("More"));
  await vi.waitFor(() => expect(root.querySelector("[role='menu']")).toBeNull());
});

test.each([
  ["ArrowDown", "keys"],
  ["Enter", "keys"],
  [" ", "keys"],
  ["ArrowUp", "options"],
])("the key %j opens it at the item %s that can be chosen", async (key, item) => {
  await drawMenu();
  await press(key, button("More"));
  await vi.waitFor(() => expect(highlighted()).toBe(item));
});

test("a view that does not come says so, offers to load the panel anew, and is tried again when asked for again", async () => {
  let isGone = true;
  const view = later(async () => {
    if (isGone) throw new TypeError("Failed to fetch dynamically imported module");
    return () => <p>Here it is</p>;
  });
  const draw = (isAsked: boolean) =>
    act(() =>
      render(
        <>
          <MissingCode />
          {isAsked && <view.View />}
        </>,
        root,
      ),
    );
  await draw(true);
  await vi.waitFor(() => expect(text()).toContain("A part of Partyline did not load."));
  expect(button("Load it again")).not.toBeNull();
  isGone = false;
  await draw(false);
  await draw(true);
  await vi.waitFor(() => expect(text()).toContain("Here it is"));
});
