import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { test, type Page } from "@playwright/test";

const TOUR = process.env["PARTYLINE_TOUR"];
let number = 0;

/** One step of the story. On a tour its end is kept as a numbered picture. */
export function scene(title: string, page: Page, play: () => Promise<void>): Promise<void> {
  return test.step(title, async () => {
    number += 1;
    try {
      await play();
    } finally {
      if (TOUR !== undefined) await keepPicture(page, TOUR, `${String(number).padStart(2, "0")}-${slug(title)}.png`);
    }
  });
}

const PORTRAITS = [
  { width: 320, colorScheme: "light" },
  { width: 320, colorScheme: "dark" },
  { width: 420, colorScheme: "light" },
  { width: 420, colorScheme: "dark" },
] as const;

/** On a tour: the same view as narrow and as wide as a panel gets, light and dark. */
export async function portrait(page: Page, name: string): Promise<void> {
  if (TOUR === undefined) return;
  const before = page.viewportSize() ?? { width: 1280, height: 800 };
  for (const { width, colorScheme } of PORTRAITS) {
    await page.setViewportSize({ width, height: 720 });
    await page.emulateMedia({ colorScheme });
    const step = String(number).padStart(2, "0");
    await keepPicture(page, TOUR, `${step}-${name}-${width}-${colorScheme}.png`);
  }
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize(before);
}

async function keepPicture(page: Page, folder: string, name: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, name) });
}

function slug(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 60)
    .replace(/^-|-$/g, "");
}
