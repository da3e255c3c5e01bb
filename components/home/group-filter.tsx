import "./group-filter.css";
import type { GroupFilter as Filter } from "@partyline/contract/group";
import { useId } from "preact/hooks";
import { t } from "../../utils/text.ts";

const FILTERS = ["all", "unread", "mine", "locked"] as const satisfies readonly Filter[];

/** Which groups the list shows: radio buttons, so that the arrows move between them. */
export function GroupFilter({ chosen, onChoose }: { chosen: Filter; onChoose: (filter: Filter) => void }) {
  const name = useId();
  return (
    <fieldset class="group-filter">
      <legend class="visually-hidden">{t("filter_label")}</legend>
      {FILTERS.map((filter) => (
        <label key={filter}>
          <input
            type="radio"
            class="visually-hidden"
            name={name}
            checked={filter === chosen}
            onChange={() => onChoose(filter)}
          />
          <span>{t(`filter_${filter}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}
