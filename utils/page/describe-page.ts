import type { Recipe } from "@partyline/contract/recipe";
import type { PageStructure, StructureElement } from "../structure-report.ts";
import { nameWords } from "./name-shape.ts";
import { outlineOf, structureOf, type Vocabulary } from "./structure.ts";
import { addressShape, knownWords } from "./text-shape.ts";

const ON = 'input[type="checkbox"]:checked, [role="checkbox"][aria-checked="true"]';
/** Up from a ticked box, far enough to have its row and its neighbours. */
const STEPS_UP = 6;

export interface Reading {
  recipe: Recipe | null;
  container: Element | null;
}

/** What the part of a page that matters is built of. */
export function describePage({ recipe, container }: Reading, page: Document): PageStructure {
  const known = knownWords(recipe);
  const vocabulary = { known, names: nameWords(known, page) };
  const ticked = container === null ? aroundTicked(page) : null;
  const place = container ?? ticked ?? page.body;
  const { pathname, search, hash } = page.location;
  return {
    browser: navigator.userAgent,
    recipe: recipe && { id: recipe.id, version: recipe.version },
    address: addressShape(pathname + search + hash, known),
    region: container !== null ? "list" : ticked !== null ? "ticked" : "page",
    within: ancestorsOf(place, vocabulary),
    structure: structureOf(place, vocabulary),
  };
}

function aroundTicked(page: Document): Element | null {
  let at = page.querySelector(ON);
  for (let step = 0; at !== null && step < STEPS_UP && at.parentElement !== page.body; step += 1) at = at.parentElement;
  return at;
}

function ancestorsOf(place: Element, vocabulary: Vocabulary): StructureElement[] {
  const outlines: StructureElement[] = [];
  for (let at = place.parentElement; at !== null; at = at.parentElement) outlines.unshift(outlineOf(at, vocabulary));
  return outlines.slice(-12);
}
