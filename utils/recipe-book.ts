import { faultsOf, type Fault } from "@partyline/contract/faults";
import { recipesFor, type Recipe } from "@partyline/contract/recipe";
import { OwnRecipe, type PublishedRecipes, type SignedRecipes } from "@partyline/contract/recipe-book";
import { browser } from "./browser.ts";
import { RECIPE_KEYS } from "./recipe-keys.ts";
import { openSigned } from "./recipe-signature.ts";
import { BUILT_IN, validRecipes } from "./recipes/built-in.ts";

/** Where a recipe comes from. Of two with one id and version, the one that is later in this list counts. */
const ORIGINS = ["built_in", "published", "own"] as const;
type Origin = (typeof ORIGINS)[number];

export interface KnownRecipe {
  recipe: Recipe;
  origin: Origin;
}

/** Why what the backend handed on as published was not taken; the last good ones stay. */
export type PublishedTrouble =
  | { reason: "bad_signature" }
  | { reason: "older"; serial: number }
  | { reason: "invalid"; faults: Fault[] };

/** What is kept of recipes, in `storage.local`. Read with distrust: everything is validated again in each context. */
export interface KeptRecipes {
  published: SignedRecipes | null;
  /** The highest serial ever taken. */
  serial: number;
  /** The workspace's own, as the backend said. */
  own: unknown[];
  /** Of the answer that all this came with. */
  tag: string | null;
  checkedAt: number | null;
  /** Somebody said that there are others. */
  due: boolean;
  trouble: PublishedTrouble | null;
}

const KEY = "recipes";
const NOTHING: KeptRecipes = {
  published: null,
  serial: 0,
  own: [],
  tag: null,
  checkedAt: null,
  due: true,
  trouble: null,
};

export async function readKept(): Promise<KeptRecipes> {
  const kept: { [KEY]?: Partial<KeptRecipes> } = await browser.storage.local.get(KEY);
  return { ...NOTHING, ...kept[KEY] };
}

export async function writeKept(changed: Partial<KeptRecipes>): Promise<void> {
  await browser.storage.local.set({ [KEY]: { ...(await readKept()), ...changed } });
}

export function onRecipesChanged(listener: () => void): void {
  browser.storage.onChanged.addListener((changes, area) => {
    if (area === "local" && KEY in changes) listener();
  });
}

export interface RecipeBook {
  known: KnownRecipe[];
  /** Own ones that this extension cannot take, such as after they were saved by a newer one. */
  unusable: { id: string; faults: Fault[] }[];
  kept: KeptRecipes;
}

/** Every recipe there is, valid ones only. */
export async function readRecipeBook(keys: readonly string[] = RECIPE_KEYS): Promise<RecipeBook> {
  const kept = await readKept();
  const published = await readPublished(kept.published, keys);
  const own = kept.own.map((one) => ({ one, read: OwnRecipe.safeParse(one) }));
  return {
    kept,
    known: [
      ...builtIn().map((recipe): KnownRecipe => ({ recipe, origin: "built_in" })),
      ...(published?.recipes ?? []).map((recipe): KnownRecipe => ({ recipe, origin: "published" })),
      ...own.flatMap(({ read }): KnownRecipe[] => (read.success ? [{ recipe: read.data, origin: "own" }] : [])),
    ],
    unusable: own.flatMap(({ one, read }) => (read.success ? [] : [{ id: idOf(one), faults: faultsOf(read.error) }])),
  };
}

/** Every recipe that may fit a host, in the order in which a page tries them: what the workspace has for it first. */
export function recipesInUse(host: string, known: readonly KnownRecipe[]): Recipe[] {
  const fitting = known.filter(({ recipe }) => recipesFor(host, [recipe]).length > 0);
  const newest = fitting.filter((one) => !fitting.some((other) => isNewer(other, one)));
  const of = (isWanted: (origin: Origin) => boolean) =>
    recipesFor(
      host,
      newest.flatMap(({ recipe, origin }) => (isWanted(origin) ? [recipe] : [])),
    );
  const inUse = [...of((origin) => origin === "own"), ...of((origin) => origin !== "own")];
  return inUse.map((recipe) => withAccount(recipe, known));
}

/** A correction that says nothing of accounts, as older ones do, must not let another account's people in. */
function withAccount(recipe: Recipe, known: readonly KnownRecipe[]): Recipe {
  const saying = known.find((other) => other.recipe.id === recipe.id && other.recipe.account !== null);
  return recipe.account !== null || saying === undefined ? recipe : { ...recipe, account: saying.recipe.account };
}

/** What counts instead of this one on every host that it names; null where nothing does. */
export function supersederOf(one: KnownRecipe, known: readonly KnownRecipe[]): KnownRecipe | null {
  const covers = ({ hosts }: Recipe) =>
    hosts.length === 0 || (one.recipe.hosts.length > 0 && one.recipe.hosts.every((host) => hosts.includes(host)));
  return known.find((other) => isNewer(other, one) && covers(other.recipe)) ?? null;
}

function isNewer(one: KnownRecipe, other: KnownRecipe): boolean {
  if (one.recipe.id !== other.recipe.id) return false;
  if (one.recipe.version !== other.recipe.version) return one.recipe.version > other.recipe.version;
  return ORIGINS.indexOf(one.origin) > ORIGINS.indexOf(other.origin);
}

/** Checked once in each context: they are the same for as long as it lives. */
function builtIn(): readonly Recipe[] {
  checked ??= validRecipes(BUILT_IN);
  return checked;
}
let checked: readonly Recipe[] | undefined;

async function readPublished(
  signed: SignedRecipes | null,
  keys: readonly string[],
): Promise<PublishedRecipes | undefined> {
  if (signed === null) return undefined;
  if (opened?.payload !== signed.payload || opened.signature !== signed.signature || opened.keys !== keys) {
    const read = await openSigned(signed, keys);
    opened = { ...signed, keys, recipes: read.ok ? read.value : undefined };
  }
  return opened.recipes;
}
let opened: (SignedRecipes & { keys: readonly string[]; recipes: PublishedRecipes | undefined }) | undefined;

function idOf(one: unknown): string {
  const named = typeof one === "object" && one !== null && "id" in one ? one.id : null;
  return typeof named === "string" ? named : "?";
}
