/** The page's open modal dialogs, in the order they opened; those from before us in the order they stand in. */
export function watchModals(onChange: () => void, signal: AbortSignal) {
  const modals = new Set<Element>(document.querySelectorAll("dialog:modal"));

  function hear({ target }: Event): void {
    if (!(target instanceof HTMLDialogElement)) return;
    modals.delete(target);
    if (target.matches(":modal")) modals.add(target);
    onChange();
  }
  /** Whatever opens takes the focus, which is heard of from within shadow trees too; what becomes of it there is not. */
  function find(): void {
    const modal = modalAround(innerFocus());
    if (modal === null || modals.has(modal)) return;
    modals.add(modal);
    modal.addEventListener("toggle", hear, { passive: true, signal });
    onChange();
  }
  const options = { capture: true, passive: true, signal };
  addEventListener("toggle", hear, options);
  addEventListener("focusin", find, options);
  find();

  return {
    /** The one that everything outside of it is dead to the user for. */
    top(): Element | null {
      for (const modal of modals) if (!modal.isConnected || !modal.matches(":modal")) modals.delete(modal);
      return [...modals].at(-1) ?? null;
    },
  };
}

/** What has the focus, in open shadow trees too. */
export function innerFocus(): Element | null {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused;
}

function modalAround(element: Element | null): Element | null {
  for (let node: Node | null = element; node; node = node instanceof ShadowRoot ? node.host : node.parentNode) {
    if (node instanceof HTMLDialogElement && node.matches(":modal")) return node;
  }
  return null;
}
