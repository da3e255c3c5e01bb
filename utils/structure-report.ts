/** What a page is built of, without anything that it says: for whoever corrects a recipe. */
export interface StructureReport {
  /** When it was made. */
  at: string;
  version: string;
  browser: string;
  recipe: { id: string; version: number } | null;
  /** The page's address without ids. */
  address: string;
  /** What was looked at: the list that the recipe finds, what is around ticked boxes, or the page. */
  region: "list" | "ticked" | "page";
  /** What the region is in, outermost first. */
  within: StructureElement[];
  structure: StructureElement;
}

export interface StructureElement {
  tag: string;
  classes?: string[];
  /** Values are shapes: `a{5}` for letters, `0{3}` for digits, `x{8}` for a mix. */
  attributes?: Record<string, string>;
  /** How long its own text is. */
  text?: number;
  children?: StructureElement[];
  /** Children that are left out. */
  omitted?: number;
}

/** What a script in the page can know of it. */
export type PageStructure = Omit<StructureReport, "at" | "version">;
