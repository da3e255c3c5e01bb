import type { Recipe } from "@partyline/contract/recipe";
import type { CrmAccount } from "@partyline/domain/crm-account";
import { matchAddress } from "./row-text.ts";

/** The CRM's account that a page belongs to, as its address says. */
export function accountOf(
  { account }: Pick<Recipe, "account">,
  page: Parameters<typeof matchAddress>[1],
): CrmAccount | null {
  const id = account && matchAddress(account.at, page)?.[1];
  return id ? { crm: account.crm, id } : null;
}
