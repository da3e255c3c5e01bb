import { signal, type ReadonlySignal } from "@preact/signals";

/** Whether the user can see this document and is in it: a visible panel beside a focused CRM page is not being read. */
export function watchAttention(page: Document): ReadonlySignal<boolean> {
  const look = () => page.visibilityState === "visible" && page.hasFocus();
  const attentive = signal(look());
  const update = () => {
    attentive.value = look();
  };
  page.addEventListener("visibilitychange", update);
  page.defaultView?.addEventListener("focus", update);
  page.defaultView?.addEventListener("blur", update);
  return attentive;
}
