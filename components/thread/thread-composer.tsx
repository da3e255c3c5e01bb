import "./thread-composer.css";
import type { Group } from "@partyline/contract/group";
import { loneWriter } from "../../utils/models/lone-thread.ts";
import { numberRefusalText, textRefusalText } from "../../utils/models/refusal-text.ts";
import type { ThreadModel } from "../../utils/models/thread-model.ts";
import { t, tn } from "../../utils/text.ts";
import { Button } from "../button.tsx";
import { Composer } from "../composer.tsx";
import { IN_PLACE_OF_FIELD } from "../take-focus.ts";
import { LonePerson } from "./lone-person.tsx";

interface ThreadComposerProps {
  model: ThreadModel;
  group: Group;
  max: number;
  /** Where the CRM shows a contact; null where that is not known. */
  recordUrl: string | null;
  onOpenRecord: (url: string) => void;
  onNewGroup: () => void;
  onTaken: () => void;
}

/** Where one writes, or why one cannot. */
export function ThreadComposer({ model, group, max, onTaken, ...ways }: ThreadComposerProps) {
  const alone = loneWriter(group);
  if (alone !== null) return <LonePerson person={alone} {...ways} />;
  if (group.lock !== null) return <p class="thread-closed quiet">{t("lock_composer")}</p>;
  if (group.discovered) {
    return (
      <div class="thread-closed quiet">
        <p>{t("thread_discovered")}</p>
        <Button kind="primary" onClick={ways.onNewGroup}>
          {t("thread_make_group")}
        </Button>
      </div>
    );
  }
  if (group.sendRefusal !== null) {
    const reason = numberRefusalText(group.sendRefusal, null);
    return (
      <p class="thread-closed quiet" role="status" tabIndex={-1} {...{ [IN_PLACE_OF_FIELD]: "" }}>
        {t("no_send", { reason })}
      </p>
    );
  }
  const refusal = model.writing.refusal.value;
  return (
    <Composer
      text={model.writing.draft.text.value}
      label={tn("compose_people", group.participants.length)}
      max={max}
      refusal={refusal === null ? null : textRefusalText(refusal)}
      note={t(group.mode === "native" ? "compose_via_native" : "compose_via_relay")}
      startsHere
      onTaken={onTaken}
      onInput={(text) => model.writing.write(text)}
      onSend={() => void model.send()}
      onLater={() => model.scheduled.plan(model.writing.draft.text.peek())}
    />
  );
}
