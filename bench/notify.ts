import type { Worker } from "@playwright/test";
import { samplePeople } from "@partyline/sandbox/crm/people";
import type { ExtensionGlobal } from "../tests/e2e/chromium-session.ts";
import { notificationsOf } from "../tests/e2e/extension-actions.ts";
import { median, ms, quantile, type Figure } from "./figure.ts";
import { MEMBERS, openWithOneGroup, setStage } from "./stage.ts";

const REPLIES = 30;
const TEAM = "+14155550100";

/** From a person's reply on a handset to the notification, through webhook, queue and long poll, with the panel open. */
export async function measureNotification(): Promise<Figure[]> {
  await using stage = await setStage();
  await openWithOneGroup(stage);
  const { worker } = stage.browser;
  const [dana, luis, ...others] = numbersOf(MEMBERS);
  const samples: number[] = [];
  for (let reply = 0; reply < REPLIES; reply += 1) {
    const appears = whenNotified(worker);
    const at = Date.now();
    await writeFromHandset(stage.sandbox.phonesUrl, luis ?? "", [TEAM, dana ?? "", ...others], `Reply ${reply}`);
    samples.push((await appears) - at);
    await clearNotifications(worker);
  }
  return [
    { what: "Reply on a handset → notification (median)", value: ms(median(samples)) },
    { what: "Reply on a handset → notification (95 %)", value: ms(quantile(samples, 0.95)) },
  ];
}

async function writeFromHandset(phones: string, from: string, to: string[], text: string): Promise<void> {
  const answer = await fetch(`${phones}/control/handsets/${encodeURIComponent(from)}/texts`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ to, text }),
  });
  if (!answer.ok) throw new Error(await answer.text());
}

/** @returns when the next notification was there, on the worker's clock, which is this machine's */
function whenNotified(worker: Worker): Promise<number> {
  return worker.evaluate(async () => {
    const { notifications } = (globalThis as unknown as ExtensionGlobal).chrome;
    const end = Date.now() + 20_000;
    while (Date.now() < end) {
      const all = await new Promise<object>((resolve) => {
        notifications.getAll(resolve);
      });
      if (Object.keys(all).length > 0) return Date.now();
      await new Promise((resolve) => {
        setTimeout(resolve, 5);
      });
    }
    throw new Error("there was no notification");
  });
}

async function clearNotifications(worker: Worker): Promise<void> {
  for (const id of await notificationsOf(worker)) {
    await worker.evaluate(
      (cleared) =>
        (
          globalThis as unknown as { chrome: { notifications: { clear: (id: string) => Promise<boolean> } } }
        ).chrome.notifications.clear(cleared),
      id,
    );
  }
}

function numbersOf(names: readonly string[]): string[] {
  const people = samplePeople();
  return names.map((name) => {
    const phone = people.find((person) => person.name === name)?.phones[0]?.number;
    if (phone === undefined) throw new Error(`the sample CRM has nobody called ${name}`);
    return phone;
  });
}
