import { browser, type Menus } from "./browser.ts";
import { sitePatterns } from "./sites.ts";

export const SIDE_PANEL_ITEM = "side_panel";
/** A number in a link, and one in marked words. */
export const TEXT_NUMBER_ITEMS = ["text_linked_number", "text_marked_number"] as const;
const PHONE_LINKS = ["tel:*", "sms:*", "callto:*"];
/** Far longer than any number is written. */
const LONGEST = 60;

let drawing: Promise<void> = Promise.resolve();

/** Makes our entries anew: browsers keep them, but after an update or a change of sites they are not the right ones. */
export function drawMenus(): Promise<void> {
  // One after the other, whatever became of the one before: two at a time would make each entry twice.
  const drawn = drawing.then(draw);
  drawing = drawn.catch(() => {});
  return drawn;
}

async function draw(): Promise<void> {
  const patterns = await sitePatterns();
  await browser.contextMenus.removeAll();
  create({ id: SIDE_PANEL_ITEM, contexts: ["action"], title: browser.i18n.getMessage("menu_side_panel") });
  if (patterns.length === 0) return;
  const [linked, marked] = TEXT_NUMBER_ITEMS;
  const common = { documentUrlPatterns: patterns, title: browser.i18n.getMessage("menu_text_number") };
  create({ ...common, id: linked, contexts: ["link"], targetUrlPatterns: PHONE_LINKS });
  create({ ...common, id: marked, contexts: ["selection"] });
}

/** An entry that cannot be made is missed until the next time, and keeps nothing else from being made. */
function create(item: Menus.CreateCreatePropertiesType): void {
  const complain = (fault: unknown) =>
    // oxlint-disable-next-line no-console -- where whoever changes the entries looks; nobody else can do anything about it
    console.warn(`The menu entry ${item.id} is not made: ${(fault as Error).message}`);
  try {
    browser.contextMenus.create(item, () => {
      const { lastError } = browser.runtime;
      if (lastError) complain(lastError);
    });
  } catch (fault) {
    // Firefox throws what it does not understand, at once.
    complain(fault);
  }
}

/** What a click on an entry means as a number: the link's where it leads to a phone, else the words that are marked. */
export function numberIn({ linkUrl, selectionText }: Pick<Menus.OnClickData, "linkUrl" | "selectionText">): string {
  const linked = /^(?:tel|sms|callto):([^;?]*)/i.exec(linkUrl ?? "")?.[1];
  return (linked === undefined ? (selectionText ?? "") : decoded(linked)).trim().slice(0, LONGEST);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
