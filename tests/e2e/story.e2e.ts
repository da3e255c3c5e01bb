import { expect, test, type Frame, type Page } from "@playwright/test";
import { redirectOf } from "@partyline/sandbox/extension-build";
import { freePorts } from "@partyline/sandbox/ports";
import { startSandbox, type Sandbox } from "@partyline/sandbox/sandbox";
import { openChromium, panelOf, pressHandle, temporaryFolder, type ChromiumSession } from "./chromium-session.ts";
import { badgeOf, clickNotification, notificationsOf, sendAsPanelWould, signIn } from "./extension-actions.ts";
import { scene } from "./scene.ts";

const FOUR = ["Dana Wu", "Luis Ortega", "Priya Nair", "Tom Ray"];
const TEAM_LINE = "(415) 555-0102";

/** The whole job, as a person would do it, on the real backend, the real adapter and the emulated carrier. */
test("an agent texts a group from the CRM page, and everybody is in one thread", async () => {
  test.setTimeout(300_000);
  const folder = await temporaryFolder();
  const stage = {
    ports: await freePorts(),
    dataFolder: `${folder.path}/data`,
    redirects: [await redirectOf("chrome")],
  };
  let sandbox = await startSandbox(stage);
  let browser = await openChromium({ profile: `${folder.path}/profile`, sandbox });
  let crm = await browser.context.newPage();
  try {
    await tickContacts(crm, sandbox);
    const panel = await openPanel(crm, browser);
    await sendFirstMessage(crm, panel);
    const phones = await readPhones(browser, sandbox);
    await replyFromLuis({ browser, sandbox, crm, phones, panel });

    await browser.close();
    await sandbox.close();
    sandbox = await startSandbox(stage);
    browser = await openChromium({ profile: `${folder.path}/profile`, sandbox });
    crm = await browser.context.newPage();
    const again = await findEverythingAgain(crm, sandbox);
    await lockAndUnlock({ browser, sandbox, crm, panel: again });
    await changeContacts({ browser, sandbox, crm, panel: again });
  } finally {
    await browser.close();
    await sandbox.close();
    await folder.remove();
  }
});

async function tick(crm: Page, names: string[]): Promise<void> {
  for (const name of names) await crm.getByRole("checkbox", { name: `Select ${name}`, exact: true }).check();
}

async function tickContacts(crm: Page, sandbox: Sandbox): Promise<void> {
  await scene("The sample CRM lists 240 contacts and draws only those in view", crm, async () => {
    await crm.goto(`${sandbox.crmUrl}/contacts`);
    await expect(crm.getByText("240 contacts")).toBeVisible();
    expect(await crm.locator(".contact-row").count()).toBeLessThan(60);
  });
  await scene("Five contacts are ticked, one of them on do-not-disturb", crm, async () => {
    await tick(crm, [...FOUR, "Kim Lee"]);
    await expect(crm.getByText("5 selected")).toBeVisible();
  });
}

async function openPanel(crm: Page, browser: ChromiumSession): Promise<Frame> {
  await pressHandle(crm);
  const panel = await panelOf(crm);
  await scene("The panel opens from its handle, and one click on a demo user signs in", crm, async () => {
    await signIn(browser.context, panel, "Ava Brooks");
    await expect(panel.getByRole("heading", { name: "5 selected on this page" })).toBeVisible();
    await expect(panel.getByText("4 can join · 1 cannot")).toBeVisible();
  });
  await scene("A Jamaican number is refused with its country, do-not-disturb with its reason", crm, async () => {
    await tick(crm, ["Jo Brown"]);
    await expect(panel.getByRole("heading", { name: "6 selected on this page" })).toBeVisible();
    await panel.getByRole("button", { name: "Text 4 people" }).click();
    const refused = panel.getByRole("list", { name: "People who cannot join" });
    await expect(refused).toContainText("Jo Brown");
    await expect(refused).toContainText("Jamaica");
    await expect(refused).toContainText(/Kim Lee.*do-not-disturb/);
    await expect(panel.getByRole("status", { name: "4 of 8 people" })).toBeVisible();
  });
  return panel;
}

async function sendFirstMessage(crm: Page, panel: Frame): Promise<void> {
  await scene(
    "The business number is chosen; one that cannot carry a group is listed with the reason",
    crm,
    async () => {
      await panel.getByRole("button", { name: /^From / }).click();
      await expect(panel.getByText(/Cannot carry a group: toll-free/)).toBeVisible();
      await panel.getByText(TEAM_LINE).click();
      await expect(
        panel.getByRole("button", { name: new RegExp(`From .*${TEAM_LINE.replace(/[()]/g, "\\$&")}`) }),
      ).toBeVisible();
    },
  );
  await scene("The message shows at once, and then as delivered to each person", crm, async () => {
    await panel.getByRole("textbox", { name: "Message 4 people" }).fill("Documents are ready to sign");
    await panel.getByRole("button", { name: "Send", exact: true }).click();
    await expect(panel.getByText("Documents are ready to sign")).toBeVisible({ timeout: 1000 });
    await panel.getByRole("button", { name: "4 of 4 delivered" }).click();
    const each = panel.getByRole("list", { name: "Delivery to each person" });
    for (const name of FOUR) await expect(each).toContainText(name);
  });
}

const handset = (phones: Page, name: string) => phones.getByRole("article", { name: new RegExp(name) });

async function readPhones(browser: ChromiumSession, sandbox: Sandbox): Promise<Page> {
  const phones = await browser.context.newPage();
  await scene("Four handsets show one group thread each", phones, async () => {
    await phones.goto(sandbox.phonesUrl);
    for (const name of FOUR) {
      await expect(handset(phones, name).getByText("Documents are ready to sign")).toBeVisible();
    }
  });
  return phones;
}

interface Stage {
  browser: ChromiumSession;
  sandbox: Sandbox;
  crm: Page;
  panel: Frame;
}

async function replyFromLuis({ browser, crm, phones, panel }: Stage & { phones: Page }): Promise<void> {
  await panel.getByRole("button", { name: "Back" }).click();
  await phones.bringToFront();
  await scene("Luis replies: the other handsets show it", phones, async () => {
    const luis = handset(phones, "Luis Ortega");
    await luis.getByRole("textbox", { name: /^Reply from/ }).fill("Works for me, 3 pm?");
    await luis.getByRole("button", { name: "Send", exact: true }).click();
    for (const name of ["Dana Wu", "Priya Nair", "Tom Ray"]) {
      await expect(handset(phones, name).getByText("Works for me, 3 pm?")).toBeVisible();
    }
  });
  await scene(
    "Within two seconds the panel shows it, the badge counts it, and a notification exists",
    crm,
    async () => {
      await expect(panel.getByText(/Luis.*Works for me, 3 pm\?/)).toBeVisible({ timeout: 2000 });
      await expect.poll(() => badgeOf(browser.worker)).toBe("1");
      await expect.poll(async () => (await notificationsOf(browser.worker)).length).toBe(1);
    },
  );
  await scene("Clicking the notification brings the CRM tab to the front and opens that thread", crm, async () => {
    await clickNotification(browser.worker);
    await expect.poll(() => crm.evaluate(() => document.visibilityState)).toBe("visible");
    await expect(panel.getByRole("region", { name: "Messages" })).toContainText("Works for me, 3 pm?");
    await expect.poll(() => badgeOf(browser.worker)).toBe("");
  });
}

async function findEverythingAgain(crm: Page, sandbox: Sandbox): Promise<Frame> {
  await crm.goto(`${sandbox.crmUrl}/contacts`);
  await tick(crm, FOUR);
  await pressHandle(crm);
  const panel = await panelOf(crm);
  await scene("After a restart of everything the group is still there, still signed in", crm, async () => {
    await expect(panel.getByRole("list", { name: "Groups" })).toContainText("Works for me, 3 pm?");
  });
  await scene("The same four people are recognised as the group they are", crm, async () => {
    await panel.getByRole("button", { name: "Text 4 people" }).click();
    await panel.getByRole("button", { name: /^From / }).click();
    await panel.getByText(TEAM_LINE).click();
    await expect(panel.getByText("You already have this group.")).toBeVisible();
    await panel.getByRole("button", { name: "Open it" }).click();
    await expect(panel.getByRole("region", { name: "Messages" })).toContainText("Documents are ready to sign");
  });
  return panel;
}

/** Opens a contact's record in a tab of its own, as a colleague would. */
async function editContact(stage: Stage, name: string, edit: (record: Page) => Promise<void>): Promise<void> {
  const record = await stage.browser.context.newPage();
  await record.goto(`${stage.sandbox.crmUrl}/contacts`);
  await record.getByRole("link", { name, exact: true }).click();
  await edit(record);
  await record.close();
}

async function lockAndUnlock(stage: Stage): Promise<void> {
  const { crm, panel, browser, sandbox } = stage;
  const setDoNotDisturb = (on: boolean) =>
    editContact(stage, "Tom Ray", async (record) => {
      await record.getByRole("switch", { name: "Do not disturb" }).setChecked(on);
      await expect(
        record.getByText(on ? "Nobody on the team may text this person." : "This person may be texted."),
      ).toBeVisible();
    });
  await scene("Do-not-disturb in the CRM locks the group, with name and reason", crm, async () => {
    await setDoNotDisturb(true);
    await expect(panel.getByText(/Locked: Tom Ray is on do-not-disturb since/)).toBeVisible();
    await expect(panel.getByRole("textbox", { name: /^Message/ })).toHaveCount(0);
  });
  await scene("The backend refuses to send there as well", crm, async () => {
    const answer = await sendAsPanelWould(browser.worker, sandbox.backendUrl, "Anybody there?");
    expect(answer).toMatchObject({ status: 409, body: { code: "group_locked" } });
  });
  await scene("Switched off again, the group unlocks by itself", crm, async () => {
    await setDoNotDisturb(false);
    await expect(panel.getByRole("textbox", { name: "Message 4 people" })).toBeVisible();
  });
}

async function changeContacts(stage: Stage): Promise<void> {
  const { crm, panel, browser, sandbox } = stage;
  await scene("A changed number and a deleted contact are tagged, with the frozen numbers kept", crm, async () => {
    await editContact(stage, "Luis Ortega", async (record) => {
      await record.getByLabel("Phone 1", { exact: true }).fill("(628) 555-0199");
      await record.getByRole("button", { name: "Save" }).click();
      await expect(record.getByText("All changes are stored.")).toBeVisible();
    });
    await editContact(stage, "Dana Wu", async (record) => {
      await record.getByRole("button", { name: "Delete contact" }).click();
      await record.getByRole("button", { name: "Yes, delete" }).click();
      await expect(record.getByText("Dana Wu was deleted.")).toBeVisible();
    });
    await panel.getByRole("button", { name: /^People in this group/ }).click();
    const people = panel.getByRole("dialog", { name: "People" });
    await expect(people).toContainText(/Luis Ortega\s*Updated\s*\(628\) 555-0110/);
    await expect(people).toContainText("(628) 555-0199");
    await expect(people).toContainText(/Dana Wu\s*Deleted\s*\(415\) 555-0142/);
  });
  await scene("Texts still go to the old numbers", crm, async () => {
    await panel.getByRole("button", { name: "Close" }).click();
    await panel.getByRole("textbox", { name: "Message 4 people" }).fill("Keys are at the desk");
    await panel.getByRole("button", { name: "Send", exact: true }).click();
    await expect(panel.getByRole("region", { name: "Messages" })).toContainText(
      /Keys are at the desk.*4 of 4 delivered/s,
    );
    const phones = await browser.context.newPage();
    await phones.goto(sandbox.phonesUrl);
    await expect(
      phones.getByRole("article", { name: /\(628\) 555-0110/ }).getByText("Keys are at the desk"),
    ).toBeVisible();
    await expect(
      phones.getByRole("article", { name: /\(415\) 555-0142/ }).getByText("Keys are at the desk"),
    ).toBeVisible();
    await phones.close();
  });
}
