import "./place-dialog.css";
import { useEffect } from "preact/hooks";
import type { PlaceModel } from "../../utils/models/place-model.ts";
import { t } from "../../utils/text.ts";
import { Dialog } from "../dialog.tsx";

const SIDES = ["left", "right"] as const;

/** Side, pushing and handle, for the site that the panel is on. */
export function PlaceDialog({ place, onClose }: { place: PlaceModel; onClose: () => void }) {
  useEffect(() => void place.read(), [place]);
  const here = place.here.value;
  if (here === null) return null;
  const { side, push, handle } = here.presence;
  return (
    <Dialog title={t("place_title", { site: new URL(here.site).host })} place="middle" onClose={onClose}>
      <fieldset class="place-sides">
        <legend>{t("place_side")}</legend>
        {SIDES.map((one) => (
          <label key={one}>
            <input type="radio" name="side" checked={side === one} onChange={() => place.change({ side: one })} />
            {t(`place_${one}`)}
          </label>
        ))}
      </fieldset>
      <Choice
        title={t("place_push")}
        hint={t("place_push_hint")}
        on={push}
        onChange={(on) => place.change({ push: on })}
      />
      <Choice
        title={t("place_handle")}
        hint={t("place_handle_hint")}
        on={handle}
        onChange={(on) => place.change({ handle: on })}
      />
      <p class="quiet">{t("place_width_hint")}</p>
    </Dialog>
  );
}

interface ChoiceProps {
  title: string;
  hint: string;
  on: boolean;
  onChange: (on: boolean) => void;
}

function Choice({ title, hint, on, onChange }: ChoiceProps) {
  return (
    <label class="place-choice">
      <input type="checkbox" checked={on} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>
        {title}
        <span class="quiet">{hint}</span>
      </span>
    </label>
  );
}
