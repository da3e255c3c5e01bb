import { letHandleMove } from "./handle-moving.ts";
import type { Overlay } from "./overlay.ts";
import { createPanelEdge, EDGE_STYLE } from "./panel-edge.ts";
import type { Placement } from "./placement.ts";
import { createPushAside } from "./push-aside.ts";

/** What the script in the page hands to this one, which comes when it is needed. */
export interface MovingParts {
  overlay: Overlay;
  placement: Placement;
  handle: HTMLElement;
  /** What the panel's edge is called. */
  label: string;
  isOpen: () => boolean;
  /** Takes the panel away, and gives the focus back. */
  close: () => void;
}

export type Moving = ReturnType<typeof createMoving>;

/** Everything that moves: the handle, the panel's edge, and the page beside it. */
export function createMoving(parts: MovingParts) {
  const { overlay, placement, isOpen } = parts;
  const pushAside = createPushAside();
  let edge: HTMLElement | null = null;
  overlay.style(EDGE_STYLE);
  letHandleMove(parts);
  return {
    /** After the panel opened or closed, or its place changed. */
    settle(): void {
      const open = isOpen();
      if (!open) edge?.remove();
      // Below the handle and the frame.
      else if (!edge?.isConnected) overlay.root.prepend((edge = createPanelEdge(parts)));
      else edge.setAttribute("aria-valuenow", String(placement.now.width));
      pushAside(open ? placement.now : null);
    },
    end: () => pushAside(null),
  };
}
