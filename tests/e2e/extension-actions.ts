import { expect, type BrowserContext, type Frame, type Worker } from "@playwright/test";
import type { Presence } from "../../utils/presence.ts";
import type { ChromiumSession, ExtensionGlobal } from "./chromium-session.ts";

/** Signs in from the panel's start and waits for the backend's first answer. */
export async function signIn(context: BrowserContext, panel: Frame, name: string): Promise<void> {
  await chooseUser(context, panel, name);
  await expect(panel.getByRole("status").filter({ hasText: "connected" })).toBeVisible();
}

/** One click in the panel, one on the demo user in the window that opens. */
export async function chooseUser(context: BrowserContext, panel: Frame, name: string): Promise<void> {
  const opening = context.waitForEvent("page");
  await panel.getByRole("button", { name: "Sign in" }).click();
  const window = await opening;
  await window.getByRole("button", { name: new RegExp(name) }).click();
}

export function badgeOf(worker: Worker): Promise<string> {
  return worker.evaluate(() => (globalThis as unknown as ExtensionGlobal).chrome.action.getBadgeText({}));
}

export function notificationsOf(worker: Worker): Promise<string[]> {
  return worker.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const { notifications } = (globalThis as unknown as ExtensionGlobal).chrome;
        notifications.getAll((all) => resolve(Object.keys(all)));
      }),
  );
}

/** The desktop's click, raised where the browser would raise it. */
export async function clickNotification(worker: Worker): Promise<void> {
  const [id] = await notificationsOf(worker);
  if (id === undefined) throw new Error("there is no notification to click");
  await worker.evaluate((clicked) => {
    (globalThis as unknown as ExtensionGlobal).chrome.notifications.onClicked.dispatch(clicked);
  }, id);
}

/** What somebody chose for a site before. */
export function keepPresence({ worker }: Pick<ChromiumSession, "worker">, site: string, presence: Partial<Presence>) {
  return worker.evaluate((items) => (globalThis as unknown as ExtensionGlobal).chrome.storage.local.set(items), {
    [`presence:${site}`]: presence,
  });
}

/** As the user does for the site of the tab in front. */
export function setZoom({ worker }: Pick<ChromiumSession, "worker">, zoom: number): Promise<void> {
  return worker.evaluate(async (zoom) => {
    const { tabs } = (globalThis as unknown as ExtensionGlobal).chrome;
    const [tab] = await tabs.query({ active: true });
    await tabs.setZoom(tab?.id ?? 0, zoom);
  }, zoom);
}

/** How much of the workspace this browser holds. */
export function readReplica(worker: Worker): Promise<{ groups: number; messages: number }> {
  return worker.evaluate(async () => {
    const replica = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open("partyline");
      opening.onsuccess = () => resolve(opening.result);
    });
    const count = (store: string) =>
      new Promise<number>((resolve) => {
        const counting = replica.transaction(store).objectStore(store).count();
        counting.onsuccess = () => resolve(counting.result);
      });
    const held = { groups: await count("groups"), messages: await count("messages") };
    replica.close();
    return held;
  });
}

interface Answer {
  status: number;
  body: { code?: string };
}

/** Sends into the newest group with the extension's own token, past everything the panel would refuse by itself. */
export function sendAsPanelWould(worker: Worker, backend: string, text: string): Promise<Answer> {
  return worker.evaluate(
    async ([url, words]) => {
      const vault = await new Promise<IDBDatabase>((resolve) => {
        const opening = indexedDB.open("partyline-vault");
        opening.onsuccess = () => resolve(opening.result);
      });
      const token = await new Promise<string>((resolve) => {
        const reading = vault.transaction("tokens").objectStore("tokens").get("current");
        reading.onsuccess = () => resolve((reading.result as { accessToken: string }).accessToken);
      });
      vault.close();
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
      const { groups } = (await (await fetch(`${url}/v1/groups`, { headers })).json()) as { groups: { id: string }[] };
      const answer = await fetch(`${url}/v1/groups/${groups[0]?.id}/messages`, {
        method: "POST",
        headers: { ...headers, "idempotency-key": crypto.randomUUID() },
        body: JSON.stringify({ id: crypto.randomUUID(), text: words }),
      });
      return { status: answer.status, body: (await answer.json()) as { code?: string } };
    },
    [backend, text] as const,
  );
}
