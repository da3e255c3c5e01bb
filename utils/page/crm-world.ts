import type { CrmPage } from "./crm-page.ts";

/** Shared by every copy of our scripts in the page, and by nobody else: no element of the page's is named by a symbol. */
const KEY = Symbol.for("partyline page");

interface CrmWorld {
  [KEY]?: Pick<CrmPage, "end" | "equip" | "readWith" | "reading">;
}
const world = globalThis as CrmWorld;

export const currentPage = () => world[KEY];

export function setCurrentPage(page: NonNullable<ReturnType<typeof currentPage>>): void {
  world[KEY] = page;
}
