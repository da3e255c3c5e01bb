/** Marks what stands where a field was while somebody wrote in it: the letters they go on typing are no keys there. */
export const IN_PLACE_OF_FIELD = "data-in-place-of-field";

/** At once where the focus is in the panel, else when it comes: whoever writes in the page beside goes on writing there. */
export function takeFocus(take: () => void): () => void {
  if (document.hasFocus()) take();
  else addEventListener("focus", take, { once: true });
  return () => removeEventListener("focus", take);
}

/** Nobody has gone to the place where the focus is: it was left there by a view that came or went. */
export function isFocusIdle(): boolean {
  const { activeElement, body } = document;
  return activeElement === null || activeElement === body || activeElement.matches(`h1, [${IN_PLACE_OF_FIELD}]`);
}
