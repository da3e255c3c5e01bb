import { NARROWEST, WIDEST } from "../panel-width.ts";
import { element } from "./element.ts";
import type { MovingParts } from "./moving.ts";

const STEP = 16;

/** Beside the frame and below it: what a browser finds covered in part, the panel takes for hidden from its user. */
export const EDGE_STYLE = `
.edge{position:fixed;inset:0 var(--width) 0 auto;width:6px;cursor:ew-resize;touch-action:none}
.left .edge{inset:0 auto 0 var(--width)}
.held .edge,.edge:focus-visible{background:linear-gradient(to var(--out),#0b7285 3px,#0000 3px);outline:0;box-shadow:none}
.held iframe{pointer-events:none}
`;

/** The panel's inner edge, which makes it wider and narrower: by hand or by arrow keys, Home and End. */
export function createPanelEdge({ overlay, placement, label, close }: MovingParts): HTMLElement {
  const attributes = {
    class: "edge",
    role: "separator",
    tabindex: "0",
    "aria-label": label,
    "aria-orientation": "vertical",
    "aria-valuemin": String(NARROWEST),
    "aria-valuemax": String(WIDEST),
  };
  const edge = element("span", attributes);
  let from = { x: 0, width: 0 };
  const setWidth = (width: number) => {
    placement.move({ width: Math.round(Math.min(WIDEST, Math.max(NARROWEST, width))) });
    edge.setAttribute("aria-valuenow", String(placement.now.width));
  };
  setWidth(placement.now.width);
  /** How much wider the panel gets when its edge goes one to the right. */
  const growth = () => (placement.now.side === "right" ? -1 : 1);
  const widths: Record<string, () => number> = {
    ArrowLeft: () => placement.now.width - growth() * STEP,
    ArrowRight: () => placement.now.width + growth() * STEP,
    Home: () => NARROWEST,
    End: () => WIDEST,
  };

  overlay.hear(edge, {
    mousedown: (event) => event.preventDefault(),
    pointerdown(event) {
      if (event.button > 0) return;
      from = { x: event.clientX, width: placement.now.width };
      overlay.capture(edge, event);
    },
    pointermove: ({ clientX }) => setWidth(from.width + growth() * (clientX - from.x)),
    lostpointercapture: () => placement.keep(),
    keydown(event) {
      const width = widths[event.key];
      if (width) setWidth(width());
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
    },
    keyup({ key }) {
      if (widths[key]) placement.keep();
    },
  });
  return edge;
}
