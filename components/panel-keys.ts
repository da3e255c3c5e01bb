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

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement
    ? !["checkbox", "radio"].includes(target.type)
    : target instanceof HTMLTextAreaElement;
}
