import "./button.css";
import type { ButtonHTMLAttributes, ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { Tooltip, useTooltip } from "./tooltip.tsx";

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

type IconButtonProps = Omit<ButtonHTMLAttributes, "class" | "aria-label" | "title" | "label" | "ref"> & {
  /** Read by screen readers and shown on hover and focus: an icon alone says nothing. */
  label: string;
  children: ComponentChildren;
};

export function IconButton({ label, children, ...rest }: IconButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  const { isShown, hearing } = useTooltip();
  return (
    <>
      <button {...hearing} {...rest} ref={button} type="button" class="icon-button" aria-label={label}>
        {children}
      </button>
      {isShown && <Tooltip text={label} anchor={button} />}
    </>
  );
}
