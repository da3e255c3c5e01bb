import type { PanelModel } from "../../utils/models/panel-model.ts";
import { callRefusalText } from "../../utils/models/refusal-text.ts";
import type { ThreadModel } from "../../utils/models/thread-model.ts";
import { t } from "../../utils/text.ts";
import { Button } from "../button.tsx";
import { Notice } from "../notice.tsx";

export function RefusedRename({ model, panel }: { model: ThreadModel; panel: PanelModel }) {
  const item = model.refusedRename.value;
  if (item === undefined || item.refused === null) return null;
  return (
    <Notice
      kind="bad"
      action={
        <>
          <Button kind="text" onClick={() => void panel.outbox.send([], [item.id])}>
            {t("retry")}
          </Button>
          <Button kind="text" onClick={() => void panel.outbox.drop(item.id)}>
            {t("dismiss")}
          </Button>
        </>
      }
    >
      {t("rename_refused", { reason: callRefusalText(item.refused) })}
    </Notice>
  );
}
