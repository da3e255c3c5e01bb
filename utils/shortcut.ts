import { browser } from "./browser.ts";

const PRESS = "_execute_action";

/** The keys that press the toolbar icon, as the browser writes them; null where the user or another extension took them away. */
export async function readShortcut(): Promise<string | null> {
  const commands = await browser.commands.getAll();
  return commands.find(({ name }) => name === PRESS)?.shortcut || null;
}

interface FirefoxCommands {
  openShortcutSettings?: () => Promise<void>;
}

/** The browser's own page where they are changed: extensions cannot. */
export async function openShortcutSettings(): Promise<void> {
  const { openShortcutSettings: open } = browser.commands as FirefoxCommands;
  if (open) await open();
  else await browser.tabs.create({ url: "chrome://extensions/shortcuts" });
}
