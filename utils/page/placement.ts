import type { Presence } from "../presence.ts";

/** As the style has it. */
const HANDLE_WIDTH = 28;

export type Place = Pick<Presence, "side" | "at" | "width">;
export type Placement = ReturnType<typeof createPlacement>;

/** Where handle and panel are on this site. */
export function createPlacement(root: HTMLElement, presence: Presence, keep: (place: Place) => void) {
  let now = presence;
  const take = (next: Presence) => {
    now = next;
    root.classList.toggle("left", now.side === "left");
    root.classList.toggle("bare", !now.handle);
    root.style.setProperty("--at", String(now.at));
    // The handle closes the panel, and is beside it in the narrowest window too.
    root.style.setProperty("--width", `min(${now.width}px, 100% - ${now.handle ? HANDLE_WIDTH : 0}px)`);
  };
  take(presence);
  return {
    get now() {
      return now;
    },
    take,
    /** Moves at once; `keep` remembers it for the site. */
    move: (changes: Partial<Place>) => take({ ...now, ...changes }),
    keep(): void {
      const { side, at, width } = now;
      keep({ side, at, width });
    },
  };
}
