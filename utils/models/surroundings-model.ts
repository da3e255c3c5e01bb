import { createModel, signal } from "@preact/signals";
import { judgeNumber, type JoinRefusal } from "@partyline/domain/roster";
import type { PanelEvent, Place } from "../background-calls.ts";
import type { Gateway } from "./gateway.ts";
import { numberStart, type Navigation } from "./navigation.ts";

interface RefusedNumber {
  text: string;
  refusal: JoinRefusal;
}

/** What is around the panel: the tab beside it, what the browser can do for it, and what was chosen in the page. */
export const SurroundingsModel = createModel((gateway: Gateway, navigation: Navigation) => {
  const place = signal<Place>({ state: "crm" });
  const refusedNumber = signal<RefusedNumber | null>(null);
  /** A stranger's words: a number only where the rules say so. */
  const textNumber = (text: string) => {
    const judged = judgeNumber(text, { businessNumber: null, optOuts: new Set() });
    refusedNumber.value = judged.ok ? null : { text, refusal: judged.refusal };
    if (judged.ok) navigation.openNewGroup(numberStart(judged.value.number));
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
      if (event.kind === "text_number") textNumber(event.text);
    },
  };
});
export type SurroundingsModel = InstanceType<typeof SurroundingsModel>;
