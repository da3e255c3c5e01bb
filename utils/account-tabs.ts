import { triedPart } from "@partyline/contract/tried-text";
import { isOtherAccount, type CrmAccount } from "@partyline/domain/crm-account";
import type { Tabs } from "./browser.ts";
import { accountOf } from "./page/page-account.ts";
import { readRecipeBook, recipesInUse } from "./recipe-book.ts";

/** The CRM's account that an address belongs to; null where no recipe for its host can tell. */
export async function accountAt(url: string | undefined): Promise<CrmAccount | null> {
  if (url === undefined || !URL.canParse(url)) return null;
  const location = new URL(url);
  const recipes = recipesInUse(location.hostname, (await readRecipeBook()).known);
  for (const recipe of recipes) {
    const { path } = recipe;
    const isAddressed = path === null || new RegExp(path).test(triedPart(location.pathname));
    const account = isAddressed ? accountOf(recipe, { location }) : null;
    if (account !== null) return account;
  }
  return null;
}

/** Of some tabs, those whose pages do not belong to another account than this one. */
export async function tabsOfAccount(tabs: readonly Tabs.Tab[], own: CrmAccount | null): Promise<Tabs.Tab[]> {
  const accounts = await Promise.all(tabs.map(({ url }) => accountAt(url)));
  return tabs.filter((_, index) => !isOtherAccount(accounts[index], own));
}
