import { expect, test, type Frame, type Page } from "@playwright/test";
import { countSends } from "./carrier-control.ts";
import { openCrm, openPanel, openStage, signInOnce, type Stage } from "./stage.ts";

const TEN = [
  "Dana Wu",
  "Luis Ortega",
  "Priya Nair",
  "Tom Ray",
  "Ana Silva",
  "Harriet Cole",
  "Marcus Reed",
  "Maximiliana Theodora Featherstonehaugh-Villanueva de la Cruz",
  "🌻 Sunny Alvarez 🏡",
  "ليلى حداد",
];

let stage: Stage;
let crm: Page;

test.beforeAll(async () => {
  stage = await openStage();
  await signInOnce(stage);
});
test.afterEach(() => crm.close());
test.afterAll(() => stage.close());

async function panelWith(names: readonly string[]): Promise<Frame> {
  crm = await openCrm(stage, names);
  return openPanel(crm);
}

const field = (panel: Frame) => panel.getByRole("textbox", { name: /^Message \d/ });
const send = (panel: Frame) => panel.getByRole("button", { name: "Send", exact: true });

test("an empty message is refused beside the field, and so is one of blanks", async () => {
  const panel = await panelWith(["Dana Wu", "Tom Ray"]);
  await panel.getByRole("button", { name: "Text 2 people" }).click();
  for (const text of ["", "  \n "]) {
    await field(panel).fill(text);
    await send(panel).click();
    await expect(panel.getByRole("alert")).toHaveText("Write something first.");
  }
  await expect(panel.getByRole("heading", { name: "New group" })).toBeVisible();
});

test("1,601 characters are counted and refused, stay where they are, and 1,600 go out", async () => {
  const panel = await panelWith(["Dana Wu", "Luis Ortega"]);
  const text = "x".repeat(1600);
  await panel.getByRole("button", { name: "Text 2 people" }).click();
  await field(panel).fill(`${text}y`);
  await expect(panel.getByText("1 character too many", { exact: true })).toBeVisible();
  await send(panel).click();
  await expect(panel.getByRole("alert")).toHaveText("1 character too many: a text holds 1,600.");
  await expect(field(panel)).toHaveValue(`${text}y`);
  await field(panel).press("Backspace");
  await expect(panel.getByText("0 characters left")).toBeVisible();
  await send(panel).click();
  await expect(panel.getByRole("button", { name: "2 of 2 delivered" })).toBeVisible({ timeout: 30_000 });
  expect(await countSends(stage.sandbox, text)).toBe(1);
});

test("nobody selected says what to do, one person asks for another", async () => {
  const panel = await panelWith([]);
  const card = panel.getByRole("region", { name: "Selected on this page" });
  await expect(card).toContainText("Nothing selected");
  await expect(card).toContainText("Tick 2 to 8 people");
  await crm.getByRole("checkbox", { name: "Select Dana Wu" }).check();
  await expect(card).toContainText("1 selected on this page");
  await expect(card).toContainText("Tick at least one more to make a group.");
  await expect(card.getByRole("button", { name: /^(Text|Review)/ })).toHaveCount(0);
});

test("two people on one number are one participant: too few to be a group", async () => {
  const panel = await panelWith(["Harriet Cole", "Martin Cole"]);
  await panel.getByRole("button", { name: "Review 2 people" }).click();
  await expect(panel.getByText("A group needs at least 2 people.")).toBeVisible();
  await expect(send(panel)).toBeDisabled();
});

test("ten people and nine are too many for the carrier, said before anything is written; eight are texted", async () => {
  const panel = await panelWith(TEN);
  await expect(panel.getByText("A group holds 8 at most: leave some out in the next step.")).toBeVisible();
  await panel.getByRole("button", { name: "Review 10 people" }).click();
  await expect(panel.getByText("A group holds 8 at most: leave 2 people out.")).toBeVisible();
  const people = panel.getByRole("list", { name: "People in the new group" });
  await people.getByRole("checkbox", { name: "ليلى حداد" }).uncheck();
  const over = panel.getByText("A group holds 8 at most: leave 1 person out.");
  await expect(over).toBeVisible();
  await expect(panel.getByRole("status", { name: "9 of 8 people" })).toBeVisible();
  await expect(panel.getByText("Your carrier takes at most 8 people in one group message; these are 9.")).toBeVisible();
  await expect(send(panel)).toBeDisabled();
  await people.getByRole("checkbox", { name: "Dana Wu" }).uncheck();
  await expect(over).toHaveCount(0);
  await expect(field(panel)).toHaveAttribute("placeholder", "Message 8 people…");
  await field(panel).fill("Eight of you");
  await send(panel).click();
  await expect(panel.getByRole("button", { name: /of 8 delivered/ })).toBeVisible({ timeout: 30_000 });
  expect(await countSends(stage.sandbox, "Eight of you")).toBe(1);
});

test("a row whose contact the directory does not know is counted, named and left out", async () => {
  crm = await stage.browser.context.newPage();
  await crm.goto(`${stage.sandbox.crmUrl}/contacts?rows=3`);
  await crm.getByRole("searchbox").fill("Local row");
  for (const row of [1, 2, 3]) await crm.getByRole("checkbox", { name: `Select Local row ${row}` }).check();
  const panel = await openPanel(crm);
  await expect(panel.getByText("0 can join · 3 not in the directory")).toBeVisible();
  await expect(panel.getByRole("button", { name: /^(Text|Review)/ })).toHaveCount(0);
});

test("what is no phone number, and who has none, is refused by name", async () => {
  crm = await openCrm(stage, ["Dana Wu", "Tom Ray"]);
  for (const name of ["Pat Typo", "Nora Fields"]) {
    await crm.getByRole("searchbox").fill(name);
    await crm.getByRole("checkbox", { name: `Select ${name}` }).check();
  }
  const panel = await openPanel(crm);
  await expect(panel.getByText("2 can join · 2 cannot")).toBeVisible();
  const refused = panel.getByRole("list", { name: "People who cannot join" });
  await expect(refused).toContainText(/Pat Typo.*not a phone number/);
  await expect(refused).toContainText(/Nora Fields.*no phone number/);
});
