type Child = Node | string;

/** An element with properties and children. Strings become text nodes: nothing here ever parses HTML. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** A button that does something and submits nothing. */
export function button(label: string, className: string, onclick: () => void): HTMLButtonElement {
  return element("button", { type: "button", className, textContent: label, onclick });
}
