import type { CrmAccount } from "@partyline/domain/crm-account";
import type { SelectedRow } from "../selection.ts";
import { keyOf } from "./row-reader.ts";

/** How long an application may go on showing another account's rows, once its address names the next one. */
const SETTLING_MS = 3_000;

/** Keeps what was read on pages of one account from counting on those of another, in applications that go there without a new page. */
export function watchAccount(now: () => number) {
  const accounts = new Map<string | null, string>();
  let current = "";
  let settledAt = 0;
  return {
    /** Whether the page is another account's than at the last look, at which these were read. */
    isOther(account: CrmAccount | null, rows: readonly SelectedRow[] = []): boolean {
      const before = current;
      current = account?.id ?? before;
      if (!before || before === current) return false;
      for (const row of rows) accounts.set(keyOf(row), before);
      settledAt = now() + SETTLING_MS;
      return true;
    },
    isSettled: () => now() >= settledAt,
    /** Whether this is not somebody whom the page shows from before. */
    isOwn: (row: SelectedRow) => (accounts.get(keyOf(row)) ?? current) === current,
  };
}
