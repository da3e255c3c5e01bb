import type { NewGroupModel } from "../../utils/models/new-group-model.ts";
import type { PanelModel } from "../../utils/models/panel-model.ts";
import { callRefusalText } from "../../utils/models/refusal-text.ts";
import { t, tn } from "../../utils/text.ts";
import { Button } from "../button.tsx";
import { Notice } from "../notice.tsx";

/** What stands between these choices and a new group, each with what to do about it. */
export function NewGroupNotices({ model, panel }: { model: NewGroupModel; panel: PanelModel }) {
  const refusal = model.roster.people.refusal.value;
  const count = model.roster.participants.value;
  const existing = model.existing.value;
  const ticked = model.newlyTicked.people.value;
  const max = panel.facts.mostPeople.value;
  const isCarriers = max < panel.facts.limits.value.maxParticipants;
  return (
    <>
      {refusal !== null && (
        <Notice
          kind="bad"
          action={
            <Button kind="text" onClick={() => void model.roster.people.lookUp()}>
              {t("retry")}
            </Button>
          }
        >
          {callRefusalText(refusal)}
        </Notice>
      )}
      <Elsewhere panel={panel} />
      {ticked.length > 0 && (
        <Notice kind="info" action={<Button onClick={() => model.newlyTicked.add()}>{t("newly_ticked_add")}</Button>}>
          {tn("newly_ticked", ticked.length, { name: ticked[0]?.contact.name ?? "" })}
        </Notice>
      )}
      {isCarriers && count > max && <Notice kind="info">{t("native_limit", { max, count })}</Notice>}
      {existing !== null && (
        <Notice kind="info" action={<Button onClick={() => void model.openExisting()}>{t("existing_open")}</Button>}>
          {t(model.tiesExisting.value ? "existing_group_follows" : "existing_group")}
        </Notice>
      )}
    </>
  );
}

function Elsewhere({ panel: { selection, facts } }: { panel: PanelModel }) {
  if (!selection.isElsewhere.value) return null;
  return (
    <Notice kind="warn">
      <strong>{t("elsewhere_title")}</strong>
      <br />
      {t("elsewhere_hint", { workspace: facts.session.value?.workspace.name ?? "" })}
    </Notice>
  );
}
