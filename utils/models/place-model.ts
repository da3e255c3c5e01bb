import { createModel, signal } from "@preact/signals";
import type { BackgroundCalls } from "../background-calls.ts";
import type { Presence } from "../presence.ts";

type PlaceCalls = Pick<BackgroundCalls, "read_presence" | "change_presence">;

/** How the extension shows on the site of the page around this panel. */
export const PlaceModel = createModel((calls: PlaceCalls) => {
  const here = signal<{ site: string; presence: Presence } | null>(null);
  const read = async () => {
    here.value = await calls.read_presence();
  };
  void read();
  return {
    /** Null until read, and where no page is around the panel. */
    here,
    /** The page and its other tabs may have changed it since. */
    read,
    change(changes: Partial<Presence>) {
      const { value } = here;
      if (value === null) return;
      here.value = { ...value, presence: { ...value.presence, ...changes } };
      void calls.change_presence(changes);
    },
  };
});
export type PlaceModel = InstanceType<typeof PlaceModel>;
