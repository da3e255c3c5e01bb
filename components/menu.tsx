import "./menu.css";
import * as menu from "@zag-js/menu";
import { normalizeProps, useMachine } from "@zag-js/preact";
import { Check } from "lucide-preact";
import { useId } from "preact/hooks";
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

interface MenuProps {
  label: string;
  trigger: ComponentChildren;
  triggerClass?: string;
  items: readonly MenuItem[];
  /** `one` and `many` are choices that carry a mark; `action` is not. */
  kind: "action" | "one" | "many";
  onSelect: (value: string) => void;
}

export function Menu({ label, trigger, triggerClass = "icon-button", items, kind, onSelect }: MenuProps) {
  const service = useMachine(menu.machine, {
    id: useId(),
    "aria-label": label,
    closeOnSelect: kind !== "many",
    positioning: { placement: "bottom-end", gutter: 4, overflowPadding: 8 },
    onSelect: ({ value }) => onSelect(value),
  });
  const api = menu.connect(service, normalizeProps);
  return (
    <>
      <button {...api.getTriggerProps()} type="button" class={triggerClass} aria-label={label} title={label}>
        {trigger}
      </button>
      <div {...api.getPositionerProps()}>
        <ul {...api.getContentProps()} class="menu">
          {api.open && items.map((item) => <Item key={item.value} api={api} item={item} kind={kind} />)}
        </ul>
      </div>
    </>
  );
}

function Item({ api, item, kind }: { api: menu.Api; item: MenuItem; kind: MenuProps["kind"] }) {
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
