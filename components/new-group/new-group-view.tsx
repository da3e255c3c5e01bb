import "./new-group-view.css";
import "../view.css";
import { useModel } from "@preact/signals";
import { useId } from "preact/hooks";
import type { Gateway } from "../../utils/models/gateway.ts";
import type { NewGroupStart } from "../../utils/models/navigation.ts";
import { NewGroupModel } from "../../utils/models/new-group-model.ts";
import type { PanelModel } from "../../utils/models/panel-model.ts";
import { numberRefusalText, rosterRefusalText, textRefusalText } from "../../utils/models/refusal-text.ts";
import { t, tn } from "../../utils/text.ts";
import { Composer } from "../composer.tsx";
import { Header } from "../header.tsx";
import { FromPicker } from "./from-picker.tsx";
import { NewGroupNotices } from "./new-group-notices.tsx";
import { RosterList } from "./roster-list.tsx";

interface NewGroupViewProps {
  gateway: Gateway;
  panel: PanelModel;
  start: NewGroupStart;
}

export function NewGroupView({ gateway, panel, start }: NewGroupViewProps) {
  const model = useModel(() => new NewGroupModel(gateway, panel, start));
  const nameId = useId();
  return (
    <main class="view">
      <Header title={t("new_group_title")} onBack={() => panel.navigation.back()} />
      <div class="new-group">
        <FromPicker
          numbers={panel.facts.numbers.value}
          chosen={model.from.value}
          onChoose={(id) => {
            model.chosenNumberId.value = id;
          }}
        />
        <RosterList
          roster={model.roster}
          missing={start.missing}
          max={panel.facts.mostPeople.value}
          from={model.from.value?.number ?? null}
          startsWithSearch={start.rows.length === 0}
          search={(query) => gateway.calls.search_contacts(query)}
        />
        <div class="new-group-field">
          <label for={nameId}>{t("name_label")}</label>
          <input
            id={nameId}
            class="new-group-name"
            dir="auto"
            maxLength={100}
            placeholder={t("name_optional")}
            value={model.name.value}
            onInput={(event) => {
              model.name.value = event.currentTarget.value;
            }}
          />
        </div>
        <NewGroupNotices model={model} panel={panel} />
        <p class="new-group-note quiet">{t("everyone_sees")}</p>
      </div>
      <NewGroupComposer model={model} max={panel.facts.limits.value.textMax} startsHere={start.rows.length > 0} />
    </main>
  );
}

interface NewGroupComposerProps {
  model: NewGroupModel;
  max: number;
  startsHere: boolean;
}

/** Who gets it and how, or what is in the way of its going out at all. */
function composerNote({ roster, from }: NewGroupModel): string {
  const number = from.value;
  if (number !== null && number.refusal !== null) {
    return numberRefusalText(number.refusal, number.assignedTo?.name ?? null);
  }
  const judged = roster.judged.value;
  if (!judged.ok) return rosterRefusalText(judged.refusal);
  return t(number === null ? "compose_no_number" : "compose_via_native");
}

function NewGroupComposer({ model, max, startsHere }: NewGroupComposerProps) {
  const judged = model.roster.judged.value;
  const refusal = model.textRefusal.value;
  const blocked = !judged.ok || model.existing.value !== null || model.from.value?.refusal !== null;
  return (
    <Composer
      text={model.draft.text.value}
      label={judged.ok ? tn("compose_people", judged.value.length) : t("compose_nobody")}
      max={max}
      refusal={refusal === null ? null : textRefusalText(refusal)}
      note={composerNote(model)}
      startsHere={startsHere}
      disabled={blocked}
      onInput={(text) => model.write(text)}
      onSend={() => void model.send()}
    />
  );
}
