import { createModel, signal, type ReadonlySignal } from "@preact/signals";
import { recipesFor as namingHost, type Recipe } from "@partyline/contract/recipe";
import { recipesInUse, type KnownRecipe } from "../recipe-book.ts";
import type { Trial } from "../trial.ts";
import type { RecipeDraft } from "./recipe-draft.ts";

export interface CrmTab {
  id: number;
  title: string;
  url: string;
}

export interface TrialGateway {
  /** Open tabs of enabled sites, the one used last first. */
  listTabs: () => Promise<CrmTab[]>;
  onSitesChanged: (listener: () => void) => void;
  /** The first of these that fits the tab's page reads it; null where the page cannot be reached. */
  tryOn: (tabId: number, recipes: readonly Recipe[]) => Promise<Trial | null>;
}

/** `notNamed` is the tab's host where the recipe that was tried would not be used there. */
export type Tried =
  | { state: "idle" | "trying" | "unreachable" }
  | { state: "tried"; trial: Trial; notNamed: string | null };

/** Read with whatever reads the page now, with what is in the editor, or with the known one of this number. */
export type Reading = "in_use" | "draft" | number;

/** *Try on this tab*: one reading of an open page, with any recipe. */
export const RecipeTrial = createModel(
  (gateway: TrialGateway, known: ReadonlySignal<readonly KnownRecipe[]>, draft: RecipeDraft) => {
    const tabs = signal<CrmTab[] | null>(null);
    const tabId = signal<number | null>(null);
    const reading = signal<Reading>("in_use");
    const tried = signal<Tried>({ state: "idle" });
    /** Null where the draft has faults, which are shown then. */
    const recipesFor = ({ url }: CrmTab): readonly Recipe[] | null => {
      if (reading.value === "in_use") return recipesInUse(new URL(url).hostname, known.value);
      const chosen = reading.value === "draft" ? draft.check() : (known.value[reading.value]?.recipe ?? null);
      return chosen && [chosen];
    };
    const listTabs = async () => {
      tabs.value = await gateway.listTabs();
      const isThere = tabs.value.some(({ id }) => id === tabId.value);
      if (isThere) return;
      tabId.value = tabs.value[0]?.id ?? null;
      // What was read is of a tab that is not there to be read again.
      tried.value = { state: "idle" };
    };
    void listTabs();
    gateway.onSitesChanged(() => void listTabs());
    return {
      tabs,
      tabId,
      reading,
      tried,
      listTabs,
      choose(chosen: { tabId?: number; reading?: Reading }) {
        tabId.value = chosen.tabId ?? tabId.value;
        reading.value = chosen.reading ?? reading.value;
        tried.value = { state: "idle" };
      },
      async run() {
        const tab = tabs.value?.find(({ id }) => id === tabId.value);
        const recipes = tab && recipesFor(tab);
        tried.value = { state: "idle" };
        if (!tab || !recipes) return;
        tried.value = { state: "trying" };
        const trial = await gateway.tryOn(tab.id, recipes);
        const { host, hostname } = new URL(tab.url);
        const isNamed = namingHost(hostname, recipes).length > 0 || recipes.length === 0;
        tried.value =
          trial === null ? { state: "unreachable" } : { state: "tried", trial, notNamed: isNamed ? null : host };
      },
    };
  },
);
export type RecipeTrial = InstanceType<typeof RecipeTrial>;
