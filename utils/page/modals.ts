/** The page's open modal dialogs, in the order they opened; those from before us in the order they stand in. */
export function watchModals(onChange: () => void, signal: AbortSignal) {
  const modals = new Set(document.querySelectorAll("dialog:modal"));

  function hear({ target }: Event): void {
    if (!(target instanceof HTMLDialogElement)) return;
    modals.delete(target);
    if (target.matches(":modal")) modals.add(target);
    onChange();
  }
  addEventListener("toggle", hear, { capture: true, passive: true, signal });

  return {
    /** The one that everything outside of it is dead to the user for. */
    top(): Element | null {
      for (const modal of modals) if (!modal.isConnected || !modal.matches(":modal")) modals.delete(modal);
      return [...modals].at(-1) ?? null;
    },
  };
}
