import type { MovingParts } from "./moving.ts";

/** As the style has it. */
const HEIGHT = 48;
const STEP = 16;

/** Moves the handle along its edge, and to the other one: by hand or by arrow keys. */
export function letHandleMove({ overlay, placement, handle, isOpen, close }: MovingParts): void {
  const top = () => handle.getBoundingClientRect().top;
  const moveTo = (y: number) => placement.move({ at: Math.min(1, Math.max(0, y / (innerHeight - HEIGHT))) });
  const arrows: Record<string, () => void> = {
    ArrowUp: () => moveTo(top() - STEP),
    ArrowDown: () => moveTo(top() + STEP),
    ArrowLeft: () => placement.move({ side: "left" }),
    ArrowRight: () => placement.move({ side: "right" }),
  };
  let grip = 0;

  overlay.hear(handle, {
    pointerdown(event) {
      if (event.button > 0) return;
      grip = event.clientY - top();
      overlay.capture(handle, event);
    },
    pointermove({ clientX, clientY }) {
      moveTo(clientY - grip);
      // An open panel stays on its side: the handle beside it is somewhere in the middle already.
      if (!isOpen()) placement.move({ side: clientX * 2 < innerWidth ? "left" : "right" });
    },
    lostpointercapture: () => placement.keep(),
    keydown(event) {
      const move = arrows[event.key];
      if (move) move();
      else if (event.key === "Escape" && isOpen()) close();
      else return;
      event.preventDefault();
    },
    keyup({ key }) {
      if (arrows[key]) placement.keep();
    },
  });
}
