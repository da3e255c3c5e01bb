import "./notice.css";
import { CircleAlert, Info, Lock, WifiOff } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { IN_PLACE_OF_FIELD } from "./take-focus.ts";

const ICONS = { info: Info, bad: CircleAlert, warn: CircleAlert, lock: Lock, offline: WifiOff };
const CLASSES = {
  info: "notice",
  bad: "notice notice-bad",
  warn: "notice notice-warn",
  lock: "notice notice-warn",
  offline: "notice notice-warn",
};

interface NoticeProps {
  kind: keyof typeof ICONS;
  children: ComponentChildren;
  /** What the user can do about it. */
  action?: ComponentChildren;
  /** Takes the focus where it came in the place of a field. */
  inPlaceOfField?: boolean;
}

/** One sentence where it happened, with one action. */
export function Notice({ kind, children, action, inPlaceOfField = false }: NoticeProps) {
  const Icon = ICONS[kind];
  const words = useId();
  // With a name, because that is what is read out where the focus comes.
  const focusable = inPlaceOfField && { tabIndex: -1, "aria-labelledby": words, [IN_PLACE_OF_FIELD]: "" };
  return (
    <div class={CLASSES[kind]} role={kind === "bad" ? "alert" : "status"} {...focusable}>
      <Icon size={16} aria-hidden="true" />
      <p id={words}>{children}</p>
      {action}
    </div>
  );
}
