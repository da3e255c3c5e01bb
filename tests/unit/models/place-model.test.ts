import { expect, test, vi } from "vitest";
import { PlaceModel } from "../../../utils/models/place-model.ts";
import type { Presence } from "../../../utils/presence.ts";

const SITE = "https://crm.example.com";
const USUAL: Presence = { side: "right", at: 0.42, width: 360, push: false, handle: true };

function placeOf(site: string | null) {
  let kept = USUAL;
  const model = new PlaceModel({
    read_presence: async () => (site === null ? null : { site, presence: kept }),
    async change_presence(changes) {
      kept = { ...kept, ...changes };
    },
  });
  return {
    model,
    kept: () => kept,
    changedElsewhere: (changes: Partial<Presence>) => (kept = { ...kept, ...changes }),
  };
}

test("a change shows at once and is kept, and leaves the rest alone", async () => {
  const { model, kept } = placeOf(SITE);
  await vi.waitFor(() => expect(model.here.value).not.toBeNull());
  model.change({ side: "left" });
  expect(model.here.value).toEqual({ site: SITE, presence: { ...USUAL, side: "left" } });
  expect(kept()).toEqual({ ...USUAL, side: "left" });
});

test("reading again shows what was changed in the page", async () => {
  const { model, changedElsewhere } = placeOf(SITE);
  await vi.waitFor(() => expect(model.here.value).not.toBeNull());
  changedElsewhere({ width: 480 });
  await model.read();
  expect(model.here.value?.presence.width).toBe(480);
});

test("a panel that no page is around has no place to change", async () => {
  const { model, kept } = placeOf(null);
  await model.read();
  model.change({ push: true });
  expect(model.here.value).toBeNull();
  expect(kept()).toEqual(USUAL);
});
