import { expect, type Page } from "@playwright/test";
import type { Stage } from "./stage.ts";

/** Opens a contact's record in a tab of its own, as a colleague would. */
export async function editContact(
  { sandbox, browser }: Stage,
  name: string,
  edit: (record: Page) => Promise<void>,
): Promise<void> {
  const record = await browser.context.newPage();
  await record.goto(`${sandbox.crmUrl}/contacts`);
  await record.getByRole("link", { name, exact: true }).click();
  await edit(record);
  await record.close();
}

export function setDoNotDisturb(stage: Stage, name: string, on: boolean): Promise<void> {
  return editContact(stage, name, async (record) => {
    await record.getByRole("switch", { name: "Do not disturb" }).setChecked(on);
    await expect(
      record.getByText(on ? "Nobody on the team may text this person." : "This person may be texted."),
    ).toBeVisible();
  });
}

/** The same by a colleague on another machine, which is still online when this one is not. */
export async function setDoNotDisturbElsewhere({ sandbox }: Stage, name: string, on: boolean): Promise<void> {
  const list = (await (await fetch(`${sandbox.crmUrl}/api/contacts`)).json()) as {
    contacts: { id: string; name: string }[];
  };
  const id = list.contacts.find((contact) => contact.name === name)?.id ?? "";
  const answer = await fetch(`${sandbox.crmUrl}/api/contacts/${id}/do-not-disturb`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ on }),
  });
  if (!answer.ok) throw new Error(`the CRM refused: ${await answer.text()}`);
}

export function assignTo(stage: Stage, name: string, owner: string): Promise<void> {
  return editContact(stage, name, async (record) => {
    await record.getByLabel("Owner").selectOption({ label: owner });
    await record.getByRole("button", { name: "Save" }).click();
    await expect(record.getByText("All changes are stored.")).toBeVisible();
  });
}
