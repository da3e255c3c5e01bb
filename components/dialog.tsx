import "./dialog.css";
import "./header.css";
import * as dialog from "@zag-js/dialog";
import { normalizeProps, useMachine } from "@zag-js/preact";
import { X } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { t } from "../utils/text.ts";
import { IconButton } from "./button.tsx";

interface DialogProps {
  title: string;
  /** `side` is a drawer over the view at hand. */
  place: "middle" | "side";
  onClose: () => void;
  children: ComponentChildren;
}

/** Open as long as it is in the tree; Escape, the backdrop and its button ask for the end. */
export function Dialog({ title, place, onClose, children }: DialogProps) {
  const service = useMachine(dialog.machine, {
    id: useId(),
    open: true,
    onOpenChange: ({ open }) => {
      if (!open) onClose();
    },
  });
  const api = dialog.connect(service, normalizeProps);
  return (
    <>
      <div {...api.getBackdropProps()} class="dialog-backdrop" />
      <div
        {...api.getPositionerProps()}
        class={place === "side" ? "dialog-positioner dialog-positioner-side" : "dialog-positioner"}
      >
        <div {...api.getContentProps()} class="dialog">
          <div class="header">
            <h1 {...api.getTitleProps()}>{title}</h1>
            <IconButton label={t("close")} onClick={onClose}>
              <X size={16} aria-hidden="true" />
            </IconButton>
          </div>
          <div class="dialog-body">{children}</div>
        </div>
      </div>
    </>
  );
}
