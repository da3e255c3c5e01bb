import { createServer } from "node:http";
import { once } from "node:events";
import { expect, test, type Frame, type Page } from "@playwright/test";
import { countSends, replyFrom } from "./carrier-control.ts";
import { badgeOf, chooseUser, notificationsOf } from "./extension-actions.ts";
import { ageAccessToken, endSignIn, readAccessToken } from "./sign-in-actions.ts";
import { openCrm, openPanel, openStage, signInOnce, startGroup, writeAndSend, type Stage } from "./stage.ts";

const MAIN_LINE = "+14155550100";
const DANA = "+14155550142";
const LUIS = "+16285550110";
const PAIR = ["Dana Wu", "Luis Ortega"];

let stage: Stage;
let crm: Page;
let panel: Frame;

/** One group, made once; every test opens its thread in a tab of its own. */
test.beforeAll(async () => {
  stage = await openStage();
  await signInOnce(stage);
  crm = await openCrm(stage, PAIR);
  await startGroup(await openPanel(crm), 2, "The group exists");
  await crm.close();
});
test.beforeEach(async () => {
  crm = await openCrm(stage, []);
  panel = await openPanel(crm);
  await openThread(panel);
});
test.afterEach(() => crm.close());
test.afterAll(() => stage.close());

async function openThread(panel: Frame): Promise<void> {
  await panel.getByRole("list", { name: "Groups" }).getByRole("button").first().click();
  await expect(panel.getByRole("textbox", { name: "Message 2 people" })).toBeVisible();
}

const messages = (panel: Frame) => panel.getByRole("region", { name: "Messages" });

test("with the backend down a text waits, says so, and goes out once when it is back", async () => {
  await stage.sandbox.backend.kill();
  await writeAndSend(panel, "Sent into the void");
  await expect(messages(panel)).toContainText("Sent into the void");
  await expect(messages(panel)).toContainText("Sending…");
  await expect(panel.getByText(/does not answer\. What you send waits and goes out once, in order\./)).toBeVisible({
    timeout: 40_000,
  });
  await stage.sandbox.restartBackend();
  await expect(messages(panel)).toContainText(/Sent into the void.*2 of 2 delivered/s, { timeout: 60_000 });
  await expect(panel.getByText(/does not answer/)).toHaveCount(0);
  expect(await countSends(stage.sandbox, "Sent into the void")).toBe(1);
});

test("what answers in the backend's place with HTML is named, and the text waits for the real one", async () => {
  const { backendUrl, backend } = stage.sandbox;
  await backend.stop();
  const stranger = createServer((_, response) =>
    response.setHeader("content-type", "text/html").end("<h1>Log in</h1>"),
  );
  stranger.listen(Number(new URL(backendUrl).port), "127.0.0.1");
  await once(stranger, "listening");
  await writeAndSend(panel, "Not for strangers");
  const notice = panel.getByText(`What answers at ${backendUrl} is not a Partyline backend.`);
  await expect(notice).toBeVisible({ timeout: 40_000 });
  await expect(messages(panel)).toContainText("Not for strangers");
  stranger.closeAllConnections();
  await new Promise((resolve) => stranger.close(resolve));
  await stage.sandbox.restartBackend();
  await expect(messages(panel)).toContainText(/Not for strangers.*2 of 2 delivered/s, { timeout: 60_000 });
  await expect(notice).toHaveCount(0);
  expect(await countSends(stage.sandbox, "Not for strangers")).toBe(1);
});

test("an access token that ran out is renewed without a word", async () => {
  const before = await readAccessToken(stage.browser.worker);
  await ageAccessToken(stage.browser.worker);
  await writeAndSend(panel, "With a new token");
  await expect(messages(panel)).toContainText(/With a new token.*2 of 2 delivered/s, { timeout: 30_000 });
  expect(await readAccessToken(stage.browser.worker)).not.toBe(before);
});

test("the same thread in two tabs: both show it, one notification tells of it, reading in one reads in both", async () => {
  const other = await openCrm(stage, []);
  const second = await openPanel(other);
  await openThread(second);
  await crm.bringToFront();
  await writeAndSend(panel, "From the first tab");
  await expect(messages(second)).toContainText(/From the first tab.*2 of 2 delivered/s, { timeout: 30_000 });
  expect(await countSends(stage.sandbox, "From the first tab")).toBe(1);
  for (const one of [panel, second]) await one.getByRole("button", { name: "Back" }).click();
  await replyFrom(stage.sandbox, LUIS, [MAIN_LINE, DANA], "To both tabs");
  for (const one of [panel, second]) await expect(one.getByText(/Luis.*To both tabs/)).toBeVisible();
  await expect.poll(() => notificationsOf(stage.browser.worker)).toHaveLength(1);
  await openThread(panel);
  await expect.poll(() => badgeOf(stage.browser.worker)).toBe("");
  await expect.poll(() => notificationsOf(stage.browser.worker)).toHaveLength(0);
  await expect(second.getByText("1 unread message")).toHaveCount(0);
  await other.close();
});

/** The sign-in ends behind the extension's back; the person comes back to where they were. */
async function loseSignInAndComeBack(): Promise<void> {
  await expect(panel.getByRole("heading", { name: "Text groups from your CRM" })).toBeVisible({ timeout: 40_000 });
  await chooseUser(stage.browser.context, panel, "Ava Brooks");
  await expect(panel.getByRole("textbox", { name: "Message 2 people" })).toBeVisible();
}

test("a sign-in ended elsewhere signs out, and the draft is there after the next one", async () => {
  await panel.getByRole("textbox", { name: "Message 2 people" }).fill("Half a thought");
  await endSignIn(stage.browser.worker, stage.sandbox.backendUrl);
  await loseSignInAndComeBack();
  await expect(panel.getByRole("textbox", { name: "Message 2 people" })).toHaveValue("Half a thought");
});

test("what was sent after the sign-in ended goes out once after the next one", async () => {
  await endSignIn(stage.browser.worker, stage.sandbox.backendUrl);
  await writeAndSend(panel, "Written too late");
  await loseSignInAndComeBack();
  await expect(messages(panel)).toContainText(/Written too late.*2 of 2 delivered/s, { timeout: 30_000 });
  expect(await countSends(stage.sandbox, "Written too late")).toBe(1);
});
