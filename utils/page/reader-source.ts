import type { PageRecipes } from "../page-messages.ts";
import type { PageReader } from "./page-reader.ts";

type Recipes = NonNullable<PageRecipes>;
export type CreateReader = (recipes: Recipes, page: Document) => PageReader;

interface Source {
  /** Has the script put into the page, which equips us, and then answers with the recipes. */
  ask: () => Promise<PageRecipes>;
  onReady: (recipes: Recipes) => void;
}

/** Fetches what reads the page once it is wanted, and the recipes anew after they were corrected. */
export function createReaderSource({ ask, onReady }: Source) {
  let create: CreateReader | null = null;
  let reader: PageReader | null = null;
  let corrections = 0;
  let taken: number | null = null;
  let isAsked = false;

  async function fetch(): Promise<void> {
    isAsked = true;
    const known = corrections;
    const recipes = await ask().catch(() => null);
    isAsked = false;
    // What was corrected on the way may have been answered as it was before.
    if (known !== corrections) return fetch();
    if (!recipes || !create) return;
    taken = known;
    if (reader) reader.renew(recipes);
    else reader = create(recipes, document);
    onReady(recipes);
  }

  return {
    /** Null until it is there. */
    get(): PageReader | null {
      if (taken !== corrections && !isAsked) void fetch();
      return reader;
    },
    equip: (createReader: CreateReader) => void (create = createReader),
    /** A correction counts in pages that are open, too: until it is there, they are read as before. */
    correct: () => void (corrections += 1),
  };
}
