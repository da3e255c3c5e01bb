import { rm } from "node:fs/promises";
import { expect, type Frame, type Page } from "@playwright/test";
import { redirectOf } from "@partyline/sandbox/extension-build";
import { freePorts } from "@partyline/sandbox/ports";
import { startSandbox, type Sandbox } from "@partyline/sandbox/sandbox";
import { openChromium, panelOf, pressHandle, temporaryFolder, type ChromiumSession } from "./chromium-session.ts";
import { signIn } from "./extension-actions.ts";

/** A sandbox of its own and a browser on it: what every suite but the story stands on. */
export interface Stage {
  sandbox: Sandbox;
  browser: ChromiumSession;
  /** The sandbox's own. */
  dataFolder: string;
  close: () => Promise<void>;
  /** Closes the browser and opens it again on the same profile. */
  reopenBrowser: () => Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const folder = await temporaryFolder();
  const redirects = [await redirectOf("chrome")];
  const dataFolder = `${folder.path}/data`;
  const sandbox = await startSandbox({ ports: await freePorts(), dataFolder, redirects });
  const open = () => openChromium({ profile: `${folder.path}/profile`, sandbox });
  const stage: Stage = {
    sandbox,
    dataFolder,
    browser: await open(),
    async close() {
      await stage.browser.close();
      await sandbox.close();
      await rm(folder.path, { recursive: true, force: true });
    },
    async reopenBrowser() {
      await stage.browser.close();
      stage.browser = await open();
    },
  };
  return stage;
}

/** The sample CRM in a new tab, with these people ticked. */
export async function openCrm(
  { sandbox, browser }: Pick<Stage, "sandbox" | "browser">,
  names: readonly string[],
): Promise<Page> {
  const crm = await browser.context.newPage();
  await crm.goto(`${sandbox.crmUrl}/contacts`);
  await expect(crm.getByText("240 contacts")).toBeVisible();
  for (const name of names) await crm.getByRole("checkbox", { name: `Select ${name}`, exact: true }).check();
  return crm;
}

export async function openPanel(crm: Page): Promise<Frame> {
  await pressHandle(crm);
  return panelOf(crm);
}

/** Signs in once; the tab that was needed for it is closed again. */
export async function signInOnce(stage: Stage, name = "Ava Brooks"): Promise<void> {
  const crm = await openCrm(stage, []);
  await signIn(stage.browser.context, await openPanel(crm), name);
  await crm.close();
}

export async function writeAndSend(panel: Frame, text: string): Promise<void> {
  await panel.getByRole("textbox", { name: /^Message \d/ }).fill(text);
  await panel.getByRole("button", { name: "Send", exact: true }).click();
}

/** Starts a group with the people ticked in the page and waits until everybody has the text. */
export async function startGroup(panel: Frame, count: number, text: string): Promise<void> {
  await panel.getByRole("button", { name: `Text ${count} people` }).click();
  await writeAndSend(panel, text);
  await expect(panel.getByRole("button", { name: `${count} of ${count} delivered` })).toBeVisible({ timeout: 30_000 });
}
