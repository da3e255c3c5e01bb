import "./button.css";
import type { ComponentChildren, ButtonHTMLAttributes } from "preact";

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
  /** Read by screen readers and shown on hover: an icon alone says nothing. */
  label: string;
  children: ComponentChildren;
};

export function IconButton({ label, children, ...rest }: IconButtonProps) {
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} {...rest}>
      {children}
    </button>
  );
}
