import "./menu.css";
import * as menu from "@zag-js/menu";
import { normalizeProps, useMachine } from "@zag-js/preact";
import { Check } from "lucide-preact";
import type { ComponentChildren } from "preact";

export interface MenuItem {
  value: string;
  text: ComponentChildren;
  /** What typing letters finds. */
  plainText: string;
  note?: string;
  disabled?: boolean;
  /** A mark before the text: for items that are choices rather than actions. */
  checked?: boolean;
}

/** `one` and `many` are choices that carry a mark; `action` is not. */
export type MenuKind = "action" | "one" | "many";
export type MenuEdge = "first" | "last";

interface MenuListProps {
  id: string;
  triggerId: string;
  label: string;
  items: readonly MenuItem[];
  kind: MenuKind;
  /** The item that the keys begin with; null for a menu that was opened by a pointer. */
  edge: MenuEdge | null;
  onSelect: (value: string) => void;
  onClose: () => void;
}

/** Open as long as it is in the tree; Escape, a choice and whatever happens outside of it ask for the end. */
export function MenuList({ id, triggerId, label, items, kind, edge, onSelect, onClose }: MenuListProps) {
  const possible = items.filter(({ disabled }) => disabled !== true);
  const beginning = edge === null ? undefined : possible.at(edge === "first" ? 0 : -1)?.value;
  const service = useMachine(menu.machine, {
    id,
    ids: { trigger: triggerId },
    "aria-label": label,
    defaultOpen: true,
    ...(beginning !== undefined && { defaultHighlightedValue: beginning }),
    closeOnSelect: kind !== "many",
    positioning: { placement: "bottom-end", gutter: 4, overflowPadding: 8 },
    onSelect: ({ value }) => onSelect(value),
    onOpenChange: ({ open }) => {
      if (!open) onClose();
    },
  });
  const api = menu.connect(service, normalizeProps);
  return (
    <div {...api.getPositionerProps()}>
      <ul {...api.getContentProps()} class="menu">
        {items.map((item) => (
          <Item key={item.value} api={api} item={item} kind={kind} />
        ))}
      </ul>
    </div>
  );
}

function Item({ api, item, kind }: { api: menu.Api; item: MenuItem; kind: MenuKind }) {
  const named = { value: item.value, valueText: item.plainText, disabled: item.disabled ?? false };
  const props =
    kind === "action"
      ? api.getItemProps(named)
      : api.getOptionItemProps({
          ...named,
          type: kind === "one" ? "radio" : "checkbox",
          checked: item.checked ?? false,
          closeOnSelect: kind === "one",
        });
  return (
    <li {...props} class="menu-item">
      {kind !== "action" && (
        <span class="menu-item-mark">{item.checked === true && <Check size={16} aria-hidden="true" />}</span>
      )}
      <span class="menu-item-text">
        <span>{item.text}</span>
        {item.note !== undefined && <span class="quiet">{item.note}</span>}
      </span>
    </li>
  );
}
