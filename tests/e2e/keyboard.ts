import { expect, type Frame, type Page } from "@playwright/test";
import { panelOf } from "./chromium-session.ts";

/** Opens the panel from its handle, which is the last stop of the page. */
export async function openByKeyboard(crm: Page): Promise<Frame> {
  await crm.waitForSelector("partyline-overlay", { state: "attached" });
  await crm.evaluate(() => document.body.focus());
  for (let step = 0; step < 10; step += 1) {
    await crm.keyboard.press("Shift+Tab");
    if (await crm.evaluate(() => document.activeElement?.localName === "partyline-overlay")) break;
  }
  await crm.keyboard.press("Enter");
  return panelOf(crm);
}

interface NewGroupWords {
  /** What to type to find each of them, and whom it finds first. */
  people: readonly (readonly [query: string, name: string])[];
  name: string;
  text: string;
}

/** A group from the search alone: nothing but keys, to whatever has the focus. */
export async function startByKeyboard(crm: Page, panel: Frame, { people, name, text }: NewGroupWords): Promise<void> {
  const { keyboard } = crm;
  // The panel may be drawn before it has loaded, and takes the focus once it has: a key before that is the page's.
  await expect(async () => {
    if (await panel.getByRole("button", { name: "New group", exact: true }).isVisible()) await keyboard.press("n");
    await expect(panel.getByRole("combobox", { name: "Add people" })).toBeFocused({ timeout: 2_000 });
  }).toPass({ timeout: 15_000 });
  for (const [index, [query, found]] of people.entries()) {
    await keyboard.type(query, { delay: 80 });
    // While the machine is slow, the list may still be what a part of the word finds, or be drawn and not yet chosen from.
    await expect(panel.locator("[role=option][data-highlighted]", { hasText: found })).toBeVisible();
    await keyboard.press("Enter");
    await expect(panel.getByRole("list", { name: "People in the new group" }).getByRole("checkbox")).toHaveCount(
      index + 1,
    );
  }
  await tabTo(crm, panel.getByRole("textbox", { name: "Name" }));
  await keyboard.type(name);
  await tabTo(crm, panel.getByRole("textbox", { name: `Message ${people.length} people` }));
  await keyboard.type(text);
  await keyboard.press("Enter");
}

async function tabTo(crm: Page, field: ReturnType<Frame["getByRole"]>): Promise<void> {
  const isThere = () => field.evaluate((element) => element === document.activeElement);
  for (let step = 0; step < 10 && !(await isThere()); step += 1) await crm.keyboard.press("Tab");
  await expect(field).toBeFocused();
}
