import type { OutboxModel } from "../utils/models/outbox-model.ts";
import { t } from "../utils/text.ts";
import { Notice } from "./notice.tsx";

/** Why nothing went out: the page hid what was pressed. */
export function HiddenNotice({ outbox }: { outbox: OutboxModel }) {
  return outbox.isHidden.value && <Notice kind="bad">{t("hidden_unsent")}</Notice>;
}
