import "./button.css";
import "./tooltip.css";
import { mergeProps, normalizeProps, useMachine } from "@zag-js/preact";
import * as tooltip from "@zag-js/tooltip";
import type { ButtonHTMLAttributes, ComponentChildren } from "preact";
import { useId } from "preact/hooks";

type ButtonProps = Omit<ButtonHTMLAttributes, "class" | "icon"> & {
  children: ComponentChildren;
  kind?: "plain" | "primary" | "text";
  large?: boolean;
};

const CLASSES = { plain: "button", primary: "button button-primary", text: "text-button" };

export function Button({ kind = "plain", large = false, children, ...rest }: ButtonProps) {
  return (
    <button type="button" class={large ? `${CLASSES[kind]} button-large` : CLASSES[kind]} {...rest}>
      {children}
    </button>
  );
}

type IconButtonProps = Omit<ButtonHTMLAttributes, "class" | "aria-label" | "title" | "label"> & {
  /** Read by screen readers and shown on hover and focus: an icon alone says nothing. */
  label: string;
  children: ComponentChildren;
};

export function IconButton({ label, children, ...rest }: IconButtonProps) {
  const service = useMachine(tooltip.machine, {
    id: useId(),
    openDelay: 400,
    closeDelay: 0,
    // Escape goes a level back: a tooltip under a resting pointer must not swallow it.
    closeOnEscape: false,
    positioning: { placement: "bottom", gutter: 4, overflowPadding: 8 },
  });
  const api = tooltip.connect(service, normalizeProps);
  // The name is on the button already: the tooltip as its description would be read twice.
  const { "aria-describedby": _, ...trigger } = api.getTriggerProps();
  return (
    <>
      <button {...mergeProps(trigger, rest)} type="button" class="icon-button" aria-label={label}>
        {children}
      </button>
      {api.open && (
        <div {...api.getPositionerProps()}>
          <div {...api.getContentProps()} class="tooltip" aria-hidden="true">
            {label}
          </div>
        </div>
      )}
    </>
  );
}
