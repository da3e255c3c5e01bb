import { createModel, signal, type ReadonlySignal } from "@preact/signals";
import { isOtherAccount, type CrmAccount } from "@partyline/domain/crm-account";
import type { E164 } from "@partyline/domain/phone-number";
import type { JoinRefusal } from "@partyline/domain/roster";
import type { PanelEvent, Place } from "../background-calls.ts";
import type { Gateway } from "./gateway.ts";
import { numberStart, type Navigation } from "./navigation.ts";
import { phoneCode } from "./phone-code.ts";

interface RefusedNumber {
  text: string;
  refusal: JoinRefusal | { reason: "other_account" };
}

interface Around {
  navigation: Navigation;
  ownAccount: ReadonlySignal<CrmAccount | null>;
  ownNumbers: ReadonlySignal<readonly E164[]>;
}

type TextNumber = Extract<PanelEvent, { kind: "text_number" }>;

/** What is around the panel: the tab beside it, what the browser can do for it, and what was chosen in the page. */
export const SurroundingsModel = createModel((gateway: Gateway, { navigation, ownAccount, ownNumbers }: Around) => {
  const place = signal<Place>({ state: "crm" });
  const refusedNumber = signal<RefusedNumber | null>(null);
  /** A stranger's words: a number only where the rules say so. */
  const textNumber = async ({ text, account }: TextNumber) => {
    if (isOtherAccount(account, ownAccount.value)) {
      refusedNumber.value = { text, refusal: { reason: "other_account" } };
      return;
    }
    const code = await phoneCode.load();
    if (code === null) return;
    const judged = code.judgeNumber(text, code.joinFacts({ businessNumber: null, ownNumbers: ownNumbers.value }, []));
    refusedNumber.value = judged.ok ? null : { text, refusal: judged.refusal };
    if (judged.ok) navigation.openNewGroup(numberStart(judged.value.number, account));
  };
  return {
    /** The tab that a panel outside of any page follows. */
    place,
    /** What was to be texted and cannot be. */
    refusedNumber,
    /** Moves it into the browser's own side panel; null where it is in no page. */
    openSidePanel: signal(gateway.openSidePanel),
    enableSite: (url: string) => gateway.enableSite(url),
    hear(event: PanelEvent) {
      if (event.kind === "place") place.value = event.place;
      if (event.kind === "text_number") void textNumber(event);
    },
  };
});
export type SurroundingsModel = InstanceType<typeof SurroundingsModel>;
