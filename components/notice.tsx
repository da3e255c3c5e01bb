import "./notice.css";
import { CircleAlert, Info, Lock, WifiOff } from "lucide-preact";
import type { ComponentChildren } from "preact";

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
}

/** One sentence where it happened, with one action. */
export function Notice({ kind, children, action }: NoticeProps) {
  const Icon = ICONS[kind];
  return (
    <div class={CLASSES[kind]} role={kind === "bad" ? "alert" : "status"}>
      <Icon size={16} aria-hidden="true" />
      <p>{children}</p>
      {action}
    </div>
  );
}
