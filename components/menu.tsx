import type { ComponentChildren } from "preact";
import { useId, useRef, useState } from "preact/hooks";
import { later } from "./later.tsx";
import type { MenuEdge, MenuItem, MenuKind } from "./menu-list.tsx";

const list = later(async () => (await import("./menu-list.tsx")).MenuList);
export const loadMenu = list.load;
const load = () => void loadMenu();

interface MenuProps {
  label: string;
  trigger: ComponentChildren;
  triggerClass?: string;
  items: readonly MenuItem[];
  kind: MenuKind;
  onSelect: (value: string) => void;
}

/** Which item each key begins with; a pointer begins with none. */
const BEGINNINGS: Readonly<Record<string, MenuEdge>> = {
  ArrowDown: "first",
  Enter: "first",
  " ": "first",
  ArrowUp: "last",
};

/** The button is here from the first sight on; what it opens is loaded when somebody reaches for it at the latest. */
export function Menu({ label, trigger, triggerClass = "icon-button", ...rest }: MenuProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState<MenuEdge | "nowhere" | null>(null);
  const press = () => {
    // One that did not come is asked for once more.
    load();
    if (open !== null) button.current?.focus();
    setOpen(open === null ? "nowhere" : null);
  };
  const hear = (event: KeyboardEvent) => {
    const edge = BEGINNINGS[event.key];
    if (edge === undefined || open !== null) return;
    event.preventDefault();
    load();
    setOpen(edge);
  };
  return (
    <>
      <button
        ref={button}
        id={`${id}-trigger`}
        type="button"
        class={triggerClass}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open !== null}
        onPointerEnter={load}
        onFocus={load}
        onClick={press}
        onKeyDown={hear}
      >
        {trigger}
      </button>
      {open !== null && (
        <list.View
          {...rest}
          id={id}
          label={label}
          triggerId={`${id}-trigger`}
          edge={open === "nowhere" ? null : open}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}
