import { expect, test, type Frame, type Page } from "@playwright/test";
import { countSends, replyFrom } from "./carrier-control.ts";
import { openChromium, panelOf, temporaryFolder } from "./chromium-session.ts";
import { assignTo, editContact, setDoNotDisturb, setDoNotDisturbElsewhere } from "./crm-actions.ts";
import { badgeOf, notificationsOf, readReplica, signIn } from "./extension-actions.ts";
import { openByKeyboard, startByKeyboard } from "./keyboard.ts";
import { portrait, scene } from "./scene.ts";
import { openCrm, openPanel, openStage, signInOnce, writeAndSend, type Stage } from "./stage.ts";

const BUSINESS = "+14155550100";
const ANA = "+14155550175";
const HARRIET = "+17075550161";
const MARCUS = "+19255550118";
const FOUR = ["Dana Wu", "Luis Ortega", "Priya Nair", "Tom Ray"];
const NINE = [...FOUR, "Harriet Cole", "Marcus Reed", "ليلى حداد", "נועה לוי", "王芳"];

/** The CRM's page and the panel in it. */
interface View {
  crm: Page;
  panel: Frame;
}

/** Everything a group can meet, as the people of the office meet it. */
test("groups: who can join, who cannot, what changes under them, and what becomes of them", async () => {
  test.setTimeout(600_000);
  const stage = await openStage();
  try {
    await signInOnce(stage);
    await replyFrom(stage.sandbox, ANA, [BUSINESS], "STOP");
    await refusals(stage);
    await tooManyForTheCarrier(stage);
    const made = await byKeyboard(stage);
    const view = await roster(stage, made);
    await heldByALock(stage, view);
    await sentLater(view);
    await successor(stage, view);
    await discovered(stage, view);
    await listOfGroups(stage, view);
    await assignedOnly(stage);
  } finally {
    await stage.close();
  }
});

const refused = (panel: Frame) => panel.getByRole("list", { name: "People who cannot join" });

async function addBySearch(panel: Frame, query: string, name: string): Promise<void> {
  await panel.getByRole("combobox", { name: "Add people" }).fill(query);
  await panel.getByRole("option", { name: new RegExp(name) }).click();
}

async function refusals(stage: Stage): Promise<void> {
  const crm = await openCrm(stage, ["Dana Wu", "Kim Lee", "Jo Brown", "Ana Silva", "Bayview Title Desk"]);
  const panel = await openPanel(crm);
  await scene("Every reason why somebody cannot join, each with the way out where there is one", crm, async () => {
    await expect(panel.getByText(/1 can join · 4 cannot/)).toBeVisible();
    await panel.getByRole("button", { name: "Review 5 people" }).click();
    for (const [query, name] of [
      ["valentina", "Valentina Cruz"],
      ["stella", "Stella Marsh"],
      ["nora f", "Nora Fields"],
      ["pat typo", "Pat Typo"],
    ] as const) {
      await addBySearch(panel, query, name);
    }
    for (const [name, reason] of [
      ["Kim Lee", /do-not-disturb.*opt-in/],
      ["Jo Brown", /Jamaica/],
      ["Ana Silva", /opted out.*START to \(415\) 555-0100/],
      ["Bayview Title Desk", /toll-free/],
      ["Valentina Cruz", /Mexico/],
      ["Stella Marsh", /do-not-disturb.*blocked for good/],
      ["Nora Fields", /no phone number/],
      ["Pat Typo", /not a phone number/],
    ] as const) {
      await expect(refused(panel).getByRole("listitem").filter({ hasText: name })).toHaveText(reason);
    }
  });
  await portrait(crm, "new-group-refusals");
  await scene("Who has to say yes first can be asked with a ready text, which is not texted", crm, async () => {
    await panel.getByRole("button", { name: "Ask Ana Silva for opt-in" }).click();
    const row = refused(panel).getByRole("listitem").filter({ hasText: "Ana Silva" });
    await expect(row.getByRole("blockquote")).toContainText("Hi Ana,");
    await row.getByRole("button", { name: "Copy" }).click();
    await expect(row.getByRole("status")).toHaveText("Copied.");
  });
  await scene("Somebody whose first phone cannot be texted joins with another one", crm, async () => {
    await panel.getByRole("button", { name: "Use (213) 555-0156 work instead" }).click();
    await expect(panel.getByRole("textbox", { name: "Message 2 people" })).toBeVisible();
  });
  await phonesOfOne(crm, panel);
  await businessNumbers(crm, panel);
  await crm.close();
}

async function phonesOfOne(crm: Page, panel: Frame): Promise<void> {
  await scene("Two people with one number are one participant; one person can join with two phones", crm, async () => {
    await addBySearch(panel, "harriet", "Harriet Cole");
    await addBySearch(panel, "martin cole", "Martin Cole");
    await expect(panel.getByText(/Shares this number with Harriet Cole: one participant/)).toBeVisible();
    await expect(panel.getByRole("textbox", { name: "Message 3 people" })).toBeVisible();
    await panel.getByRole("button", { name: "Numbers of Martin Cole" }).click();
    await panel.getByRole("menuitemcheckbox", { name: /\(707\) 555-0162/ }).click();
    await expect(panel.getByRole("textbox", { name: "Message 4 people" })).toBeVisible();
    await expect(panel.getByRole("status", { name: "4 of 8 people" })).toBeVisible();
  });
  await crm.keyboard.press("Escape");
}

async function businessNumbers(crm: Page, panel: Frame): Promise<void> {
  await scene("The default number is chosen; those that cannot be used say why", crm, async () => {
    await panel.getByRole("button", { name: /^From \(415\) 555-0100/ }).click();
    const numbers = panel.getByRole("menu");
    await expect(disabledNumber(panel, "(888) 555-0199")).toHaveText(/Cannot carry a group: toll-free/);
    await expect(disabledNumber(panel, "(415) 555-0103")).toHaveText(/Not connected/);
    await expect(numbers).toContainText("(415) 555-0101");
  });
  await portrait(crm, "business-numbers");
}

function disabledNumber(panel: Frame, number: string) {
  return panel.locator("[role='menuitemradio'][aria-disabled='true']").filter({ hasText: number });
}

async function tooManyForTheCarrier(stage: Stage): Promise<void> {
  const crm = await openCrm(stage, NINE);
  const panel = await openPanel(crm);
  await scene("Nine people on a carrier that takes eight: said before anything is sent", crm, async () => {
    await panel.getByRole("button", { name: "Review 9 people" }).click();
    await expect(
      panel.getByText(/Your carrier takes at most 8 people in one group message; these are 9/),
    ).toBeVisible();
    await expect(panel.getByRole("button", { name: "Send", exact: true })).toBeDisabled();
    await panel.getByRole("checkbox", { name: "王芳" }).uncheck();
    await expect(panel.getByRole("textbox", { name: "Message 8 people" })).toBeVisible();
    await expect(panel.getByRole("button", { name: "Send", exact: true })).toBeEnabled();
  });
  await crm.close();
}

async function byKeyboard(stage: Stage): Promise<View> {
  const crm = await openCrm(stage, []);
  const panel = await openByKeyboard(crm);
  await scene("With nobody ticked, a group is made by searching, without touching the mouse", crm, async () => {
    await expect(panel.getByRole("button", { name: "New group" })).toBeVisible();
    await startByKeyboard(crm, panel, {
      people: [
        ["dana", "Dana Wu"],
        ["6285550110", "Luis Ortega"],
        ["priya", "Priya Nair"],
        ["tom ray", "Tom Ray"],
      ],
      name: "Oak Street",
      text: "Papers on Friday?",
    });
    await expect(panel.getByRole("button", { name: "4 of 4 delivered" })).toBeVisible({ timeout: 30_000 });
    await expect(panel.getByRole("heading", { name: "Oak Street" })).toBeVisible();
  });
  await scene("Its name can be changed later", crm, async () => {
    await panel.getByRole("button", { name: "Rename group" }).click();
    await panel.getByRole("textbox", { name: "Name" }).fill("Oak Street closing");
    await panel.getByRole("button", { name: "Save" }).click();
    await expect(panel.getByRole("heading", { name: "Oak Street closing" })).toBeVisible();
  });
  return { crm, panel };
}

const people = (panel: Frame) => panel.getByRole("dialog", { name: "People" });
const openPeople = (panel: Frame) => panel.getByRole("button", { name: /^People in this group/ }).click();

async function roster(stage: Stage, { crm, panel }: View): Promise<View> {
  await scene(
    "Updated and Deleted stand beside the names, with the frozen number and what it is now",
    crm,
    async () => {
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
      await openPeople(panel);
      await expect(people(panel)).toContainText(/Luis Ortega\s*Updated\s*\(628\) 555-0110\s*now \(628\) 555-0199/);
      await expect(people(panel)).toContainText(/Dana Wu\s*Deleted\s*\(415\) 555-0142/);
      await expect(people(panel)).toContainText("Owner: Ben Carter");
      await expect(people(panel).getByRole("link", { name: "Open Dana Wu in the CRM" })).toHaveCount(0);
    },
  );
  await portrait(crm, "roster-drawer");
  await scene("People are found by name or number in it", crm, async () => {
    const search = people(panel).getByRole("searchbox");
    await search.fill("0127");
    await expect(people(panel).getByRole("listitem").filter({ hasText: "555-0" })).toHaveText([/Priya Nair/]);
    await search.fill("");
  });
  let again = panel;
  await scene("A person's page in the CRM is one click away, and the thread comes along", crm, async () => {
    const gone = crm.waitForEvent("framenavigated", (frame) => frame === crm.mainFrame());
    await people(panel).getByRole("link", { name: "Open Priya Nair in the CRM" }).click();
    await gone;
    await expect(crm.getByRole("heading", { name: "Priya Nair" })).toBeVisible();
    again = await panelOf(crm);
    await expect(again.getByRole("heading", { name: "Oak Street closing" })).toBeVisible();
  });
  return { crm, panel: again };
}

async function heldByALock(stage: Stage, { crm, panel }: View): Promise<void> {
  const { context } = stage.browser;
  await scene("What was written offline meets a lock: it is held, with the reason", crm, async () => {
    await context.setOffline(true);
    await writeAndSend(panel, "Keys are at the desk");
    await setDoNotDisturbElsewhere(stage, "Tom Ray", true);
    await context.setOffline(false);
    await expect(panel.getByText(/Locked: Tom Ray is on do-not-disturb since/)).toBeVisible({ timeout: 60_000 });
    await expect(panel.getByText("1 message is held and was not sent.")).toBeVisible({ timeout: 60_000 });
  });
  await portrait(crm, "locked-group");
  await scene("Once the group is open again, one click sends it; nothing went by itself", crm, async () => {
    await setDoNotDisturb(stage, "Tom Ray", false);
    await expect(panel.getByText("The group is open again. 1 message was held")).toBeVisible();
    expect(await countSends(stage.sandbox, "Keys are at the desk")).toBe(0);
    await panel.getByRole("button", { name: "Send it now" }).click();
    await expect(panel.getByRole("region", { name: "Messages" })).toContainText(
      /Keys are at the desk.*4 of 4 delivered/s,
    );
    expect(await countSends(stage.sandbox, "Keys are at the desk")).toBe(1);
  });
}

async function sentLater({ crm, panel }: View): Promise<void> {
  const dialog = panel.getByRole("dialog", { name: "Send later" });
  await scene("A message is written now and sent tomorrow", crm, async () => {
    await panel.getByRole("textbox", { name: "Message 4 people" }).fill("Parking is behind the house");
    await panel.getByRole("button", { name: "Send later" }).click();
    await expect(dialog).toContainText("Goes to 4 people.");
    await dialog.getByRole("button", { name: "Tomorrow, 9:00 AM" }).click();
    await portrait(crm, "send-later");
    await dialog.getByRole("button", { name: "Schedule" }).click();
    await expect(panel.getByText("Tomorrow, 9:00 AM, by Ava Brooks")).toBeVisible();
    await expect(panel.getByRole("textbox", { name: "Message 4 people" })).toHaveValue("");
  });
  await portrait(crm, "scheduled");
  await scene("Until then it can be changed, or sent at once", crm, async () => {
    await panel.getByRole("button", { name: "Change", exact: true }).click();
    await dialog.getByRole("textbox", { name: "Message" }).fill("Parking is in front of the house");
    await dialog.getByRole("button", { name: "Schedule" }).click();
    await expect(panel.getByText("Parking is in front of the house")).toBeVisible();
    await panel.getByRole("button", { name: "Send now" }).click();
    await expect(panel.getByRole("region", { name: "Messages" })).toContainText(
      /Parking is in front of the house.*4 of 4 delivered/s,
    );
    await expect(panel.getByText("Parking is behind the house")).toHaveCount(0);
  });
  await panel.getByRole("textbox", { name: "Message 4 people" }).fill("The day after");
  await panel.getByRole("button", { name: "Send later" }).click();
  await dialog.getByRole("button", { name: "Schedule" }).click();
  await expect(panel.getByText(/by Ava Brooks/)).toBeVisible();
}

async function successor(stage: Stage, { crm, panel }: View): Promise<void> {
  await scene(
    "A locked group goes on without the one who locked it: people, number and name are kept",
    crm,
    async () => {
      await setDoNotDisturb(stage, "Tom Ray", true);
      await expect(panel.getByText("If the group is still locked then, it is held.")).toBeVisible();
      await panel.getByRole("button", { name: "New group without Tom" }).click();
      await expect(panel.getByRole("textbox", { name: "Name" })).toHaveValue("Oak Street closing");
      await expect(refused(panel).getByRole("listitem")).toHaveText([/Dana Wu.*deleted in the CRM/]);
      await writeAndSend(panel, "We go on without Tom");
      await expect(panel.getByRole("button", { name: "2 of 2 delivered" })).toBeVisible({ timeout: 30_000 });
    },
  );
  await scene("Both lead to each other, and the old one stays readable", crm, async () => {
    await openPeople(panel);
    await portrait(crm, "successor");
    await people(panel).getByRole("button", { name: "Group it came from: Oak Street closing" }).click();
    await expect(panel.getByRole("region", { name: "Messages" })).toContainText("Papers on Friday?");
    await panel.getByRole("button", { name: "Open Oak Street closing, which follows it" }).click();
    await expect(panel.getByRole("region", { name: "Messages" })).toContainText("We go on without Tom");
    await panel.getByRole("button", { name: "Back" }).click();
  });
}

const groups = (panel: Frame) => panel.getByRole("list", { name: "Groups" }).getByRole("listitem");

async function discovered(stage: Stage, { crm, panel }: View): Promise<void> {
  await scene(
    "People who write together without a group have a thread of their own, marked and read-only",
    crm,
    async () => {
      await replyFrom(stage.sandbox, MARCUS, [BUSINESS, HARRIET], "Can we both come on Sunday?");
      const row = groups(panel).filter({ hasText: "Can we both come on Sunday?" });
      await expect(row).toContainText("Discovered");
      await portrait(crm, "groups-list");
      await row.getByRole("button").click();
      await expect(panel.getByText("Nobody made these people a group yet")).toBeVisible();
      await expect(panel.getByRole("textbox", { name: /^Message/ })).toHaveCount(0);
    },
  );
  await portrait(crm, "discovered");
  await scene("Made a group, the thread goes on in it", crm, async () => {
    await panel.getByRole("button", { name: "Make it a group" }).click();
    await panel.getByRole("textbox", { name: "Name" }).fill("Sunday viewing");
    await writeAndSend(panel, "Sunday at two works");
    await expect(panel.getByRole("button", { name: "2 of 2 delivered" })).toBeVisible({ timeout: 30_000 });
    await expect(panel.getByRole("region", { name: "Messages" })).toContainText("Can we both come on Sunday?");
    await panel.getByRole("button", { name: "Back" }).click();
    await expect(groups(panel).filter({ hasText: "Discovered" })).toHaveCount(0);
  });
}

async function listOfGroups(stage: Stage, { crm, panel }: View): Promise<void> {
  const rows = groups(panel).getByRole("button");
  const show = (filter: string) => panel.getByText(filter, { exact: true }).click();
  await scene("The list shows what is unread, mine or locked", crm, async () => {
    await replyFrom(stage.sandbox, MARCUS, [BUSINESS, HARRIET], "See you there");
    await expect(rows.first()).toContainText("See you there");
    await show("Locked");
    await expect(rows).toHaveText([/Oak Street closing.*Parking is in front of the house/]);
    await portrait(crm, "locked-filter");
    await panel.locator("fieldset").getByText("Unread").click();
    await expect(rows).toHaveText([/Sunday viewing.*See you there/]);
    await show("Mine");
    await expect(rows).toHaveCount(3);
    await panel.locator("fieldset").getByText("All").click();
  });
  await scene("A word that was said long ago finds its group", crm, async () => {
    await panel.getByRole("searchbox").fill("friday papers");
    await expect(rows).toHaveText([/Oak Street closing/]);
    await panel.getByRole("searchbox").fill("(925) 555-0118");
    await expect(rows).toHaveText([/Sunday viewing/]);
    await panel.getByRole("searchbox").fill("");
  });
}

async function assignedOnly(stage: Stage): Promise<void> {
  const { sandbox } = stage;
  const folder = await temporaryFolder();
  const browser = await openChromium({ profile: folder.path, sandbox });
  try {
    const crm = await browser.context.newPage();
    await crm.goto(`${sandbox.crmUrl}/contacts`);
    const panel = await openPanel(crm);
    await scene("Cleo, who has only what is assigned to her, sees her one group and no other", crm, async () => {
      await signIn(browser.context, panel, "Cleo Diaz");
      await expect(groups(panel).getByRole("button")).toHaveText([/Sunday viewing/]);
      await panel.getByRole("searchbox").fill("friday papers");
      await expect(panel.getByText("No group matches")).toBeVisible();
      await panel.getByRole("searchbox").fill("");
    });
    await portrait(crm, "assigned-only");
    await scene("A colleague's number is listed, disabled, with the reason", crm, async () => {
      await panel.getByRole("button", { name: "New group" }).click();
      await panel.getByRole("button", { name: /^From / }).click();
      await expect(disabledNumber(panel, "(415) 555-0101")).toHaveText(/Assigned to Ben Carter/);
      await crm.keyboard.press("Escape");
      await panel.getByRole("button", { name: "Back" }).click();
    });
    await scene(
      "A contact given to somebody else takes the group away, and a reply in it tells her nothing",
      crm,
      async () => {
        await assignTo(stage, "Marcus Reed", "Ava Brooks");
        await expect(panel.getByText("No groups yet")).toBeVisible();
        await replyFrom(sandbox, MARCUS, [BUSINESS, HARRIET], "Bringing my sister");
        await expect.poll(() => badgeOf(stage.browser.worker)).toBe("1");
        expect(await readReplica(browser.worker)).toEqual({ groups: 0, messages: 0 });
        expect(await badgeOf(browser.worker)).toBe("");
        expect(await notificationsOf(browser.worker)).toEqual([]);
      },
    );
    await scene("Assigned back, it returns with what was said", crm, async () => {
      await assignTo(stage, "Marcus Reed", "Cleo Diaz");
      await expect(groups(panel).getByRole("button")).toHaveText([/Sunday viewing.*Bringing my sister/]);
    });
  } finally {
    await browser.close();
    await folder.remove();
  }
}
