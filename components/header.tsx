import "./header.css";
import { ArrowLeft } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { t } from "../utils/text.ts";
import { IconButton } from "./button.tsx";

export function Header(props: { title: string; onBack?: () => void; children?: ComponentChildren }) {
  const { title, onBack, children } = props;
  return (
    <header class={onBack === undefined ? "header" : "header header-back"}>
      {onBack !== undefined && (
        <IconButton label={t("back")} onClick={onBack}>
          <ArrowLeft size={16} aria-hidden="true" />
        </IconButton>
      )}
      <h1 class="ellipsis" dir="auto" title={title} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </header>
  );
}
