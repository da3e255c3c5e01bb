import type { DoNotDisturbs } from "@partyline/domain/contact";
import { findHolders, type NumberHolder } from "./store/number-wishes.ts";
import { findOptOuts, type OptOut } from "./store/opt-outs.ts";
import type { Trx } from "./store/tenant.ts";

/** What whoever holds each of some numbers wants of us: both kinds of a no belong to the number, not to one record. */
export interface NumberWishes {
  optOuts: readonly (OptOut & { since: Date })[];
  /** Existing contacts with a word on do-not-disturb, by their numbers. */
  holders: ReadonlyMap<string, readonly NumberHolder[]>;
}

export async function findWishes(trx: Trx, workspaceId: string, phones: readonly string[]): Promise<NumberWishes> {
  const optOuts = await findOptOuts(trx, workspaceId, phones);
  const holders = await findHolders(trx, workspaceId, phones);
  return { optOuts, holders: Map.groupBy(holders, (holder) => holder.phone) };
}

/** Who opted out of this business number, and since when. */
export function optOutsTowards({ optOuts }: NumberWishes, businessNumber: string): Map<string, Date> {
  const own = optOuts.filter((one) => one.businessNumber === businessNumber);
  return new Map(own.map(({ phone, since }) => [phone, since]));
}

/** As the rules take it. Of several contacts one who may be named is. */
export function doNotDisturbsOf(
  { holders }: Pick<NumberWishes, "holders">,
  mayName: (holder: NumberHolder) => boolean,
): DoNotDisturbs {
  return new Map(
    [...holders].flatMap(([phone, all]) => {
      const disturbed = all.filter((holder) => holder.isDisturbed);
      if (disturbed.length === 0) return [];
      const named = disturbed.find(mayName);
      return [[phone, named === undefined ? null : { id: named.id, name: named.name }]];
    }),
  );
}

/** When an existing contact with each number last came off do-not-disturb. */
export function liftsOf({ holders }: Pick<NumberWishes, "holders">): Map<string, string> {
  return new Map(
    [...holders].flatMap(([phone, all]) => {
      const [last] = all
        .flatMap(({ liftedAt }) => liftedAt?.toISOString() ?? [])
        .toSorted()
        .reverse();
      return last === undefined ? [] : [[phone, last]];
    }),
  );
}
