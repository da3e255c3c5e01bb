import { isCodeMissing } from "../utils/models/late-code.ts";
import { t } from "../utils/text.ts";
import { Button } from "./button.tsx";
import { Notice } from "./notice.tsx";

/** Why what was pressed did not come, and the way to it. */
export function MissingCode() {
  if (!isCodeMissing.value) return null;
  return (
    <Notice
      kind="bad"
      action={
        <Button kind="text" onClick={() => location.reload()}>
          {t("code_missing_reload")}
        </Button>
      }
    >
      {t("code_missing")}
    </Notice>
  );
}
