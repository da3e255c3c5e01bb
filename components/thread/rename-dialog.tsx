import "./rename-dialog.css";
import { useState } from "preact/hooks";
import { t } from "../../utils/text.ts";
import { Button } from "../button.tsx";
import { Dialog } from "../dialog.tsx";

interface RenameDialogProps {
  name: string;
  onClose: () => void;
  onSave: (name: string) => void;
}

/** The only thing about a group that can change (rule R6). An empty name goes back to the people's names. */
export function RenameDialog({ name, onClose, onSave }: RenameDialogProps) {
  const [text, setText] = useState(name);
  return (
    <Dialog title={t("rename_title")} place="middle" onClose={onClose}>
      <form
        class="rename"
        onSubmit={(event) => {
          event.preventDefault();
          onSave(text);
          onClose();
        }}
      >
        <input
          dir="auto"
          data-autofocus
          maxLength={100}
          aria-label={t("name_label")}
          placeholder={t("rename_placeholder")}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <p class="quiet">{t("rename_hint")}</p>
        <div class="dialog-actions">
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="primary" type="submit">
            {t("save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
