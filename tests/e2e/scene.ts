import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { test, type Page } from "@playwright/test";

const TOUR = process.env["PARTYLINE_TOUR"];
let number = 0;
/** What hangs is then named, and long before the whole test's time is up. */
const STEP_MS = 90_000;

/** One step of the story. On a tour its end is kept as a numbered picture. */
export function scene(title: string, page: Page, play: () => Promise<void>): Promise<void> {
  return test.step(
    title,
    async () => {
      number += 1;
      try {
        await play();
      } finally {
        if (TOUR !== undefined) await keepPicture(page, TOUR, `${String(number).padStart(2, "0")}-${slug(title)}.png`);
      }
    },
    { timeout: STEP_MS },
  );
}

const PANEL_WIDTH = 360;

/** On a tour: the panel alone, light and dark. Never resized for it, since clicks into frames then miss for a while. */
export async function portrait(page: Page, name: string): Promise<void> {
  if (TOUR === undefined) return;
  const { width, height } = page.viewportSize() ?? { width: 1280, height: 800 };
  const clip = { x: width - PANEL_WIDTH, y: 0, width: PANEL_WIDTH, height };
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await keepPicture(page, TOUR, `${String(number).padStart(2, "0")}-${name}-${colorScheme}.png`, clip);
  }
  await page.emulateMedia({ colorScheme: null });
}

type Clip = { x: number; y: number; width: number; height: number };

async function keepPicture(page: Page, folder: string, name: string, clip?: Clip): Promise<void> {
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, name), ...(clip && { clip }) });
}

function slug(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 60)
    .replace(/^-|-$/g, "");
}
