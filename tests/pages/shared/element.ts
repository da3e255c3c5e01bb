/** An element with attributes and children; text goes in as text, never as markup. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** One of the elements that an original defines for itself. */
export function custom(tag: string, attributes: Record<string, string>, ...children: (Node | string)[]): HTMLElement {
  return element(tag as "div", attributes, ...children);
}
