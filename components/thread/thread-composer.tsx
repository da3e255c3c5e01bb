import "./thread-composer.css";
import type { Group } from "@partyline/contract/group";
import { numberRefusalText, textRefusalText } from "../../utils/models/refusal-text.ts";
import type { ThreadModel } from "../../utils/models/thread-model.ts";
import { t } from "../../utils/text.ts";
import { Composer } from "../composer.tsx";

/** Where one writes, or why one cannot. */
export function ThreadComposer({ model, group, max }: { model: ThreadModel; group: Group; max: number }) {
  if (group.lock !== null) return <p class="thread-closed quiet">{t("lock_composer")}</p>;
  if (group.sendRefusal !== null) {
    const reason = numberRefusalText(group.sendRefusal, null);
    return <p class="thread-closed quiet">{t("no_send", { reason })}</p>;
  }
  const refusal = model.writing.refusal.value;
  return (
    <Composer
      text={model.writing.draft.text.value}
      people={group.participants.length}
      max={max}
      refusal={refusal === null ? null : textRefusalText(refusal)}
      note={t(group.mode === "native" ? "compose_via_native" : "compose_via_relay")}
      startsHere
      onInput={(text) => model.writing.write(text)}
      onSend={() => void model.send()}
    />
  );
}
