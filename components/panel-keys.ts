import { IN_PLACE_OF_FIELD } from "./take-focus.ts";

export type PanelKey = "help" | "back" | "search" | "text" | "new" | "people";

const KEYS: Readonly<Record<string, PanelKey>> = { "?": "help", "/": "search", t: "text", n: "new", p: "people" };

/** What a key means to the panel as a whole; null where it belongs to the field or the layer it was pressed in. */
export function panelKey(event: KeyboardEvent): PanelKey | null {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return null;
  if (isInLayer(event.target)) return null;
  if (event.key === "Escape") return "back";
  return isWriting(event.target) ? null : (KEYS[event.key] ?? null);
}

/** Dialogs and open lists answer Escape themselves. */
function isInLayer(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.closest("[role='dialog'], [role='menu'], [aria-expanded='true'][role]") !== null
  );
}

/** In a field, or where one was until it was taken away under the hands. */
export function isWriting(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !["checkbox", "radio"].includes(target.type);
  if (target instanceof HTMLTextAreaElement) return true;
  return target instanceof Element && target.hasAttribute(IN_PLACE_OF_FIELD);
}
