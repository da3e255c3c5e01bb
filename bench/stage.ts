import type { Frame, Page } from "@playwright/test";
import { requireChromium } from "@partyline/sandbox/chromium";
import { buildExtension, redirectOf } from "@partyline/sandbox/extension-build";
import { freePorts } from "@partyline/sandbox/ports";
import { startSandbox, type Sandbox } from "@partyline/sandbox/sandbox";
import {
  openChromium,
  panelOf,
  pressHandle,
  temporaryFolder,
  type ChromiumSession,
} from "../tests/e2e/chromium-session.ts";
import { signIn } from "../tests/e2e/extension-actions.ts";

export interface Stage extends AsyncDisposable {
  sandbox: Sandbox;
  browser: ChromiumSession;
  /** The folder of the browser's profile. */
  profile: string;
}

/** The whole sandbox on free ports with a new database, and a browser with the extension in it. */
export async function setStage(): Promise<Stage> {
  process.env["CHROMIUM_PATH"] = (await requireChromium(() => undefined)).path;
  await buildExtension("chrome");
  await using opened = new AsyncDisposableStack();
  const folder = await temporaryFolder();
  opened.defer(() => folder.remove());
  const sandbox = await startSandbox({
    ports: await freePorts(),
    dataFolder: `${folder.path}/data`,
    redirects: [await redirectOf("chrome")],
  });
  opened.defer(() => sandbox.close());
  const profile = `${folder.path}/profile`;
  const browser = await openChromium({ profile, sandbox });
  opened.defer(() => browser.close());
  const all = opened.move();
  return { sandbox, browser, profile, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

export const MEMBERS = ["Dana Wu", "Luis Ortega", "Priya Nair", "Tom Ray"];

/** Signs in and sends a group its first message; ends on the panel's home, with one group in the list. */
export async function openWithOneGroup({ sandbox, browser }: Stage): Promise<{ crm: Page; panel: Frame }> {
  const crm = await browser.context.newPage();
  await crm.goto(`${sandbox.crmUrl}/contacts`);
  for (const name of MEMBERS) await crm.getByRole("checkbox", { name: `Select ${name}`, exact: true }).check();
  await pressHandle(crm);
  const panel = await panelOf(crm);
  await signIn(browser.context, panel, "Ava Brooks");
  await panel.getByRole("button", { name: "Text 4 people" }).click();
  await panel.getByRole("textbox", { name: "Message 4 people" }).fill("Documents are ready to sign");
  await panel.getByRole("button", { name: "Send", exact: true }).click();
  await panel.getByRole("button", { name: "4 of 4 delivered" }).waitFor();
  await panel.getByRole("button", { name: "Back" }).click();
  await panel.locator(".group-list button").first().waitFor();
  return { crm, panel };
}
