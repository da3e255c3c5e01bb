import { t, tn } from "../../utils/text.ts";
import { Button } from "../button.tsx";
import { Dialog } from "../dialog.tsx";

interface SignOutDialogProps {
  /** How many commands wait in the outbox: they belong to the user who leaves. */
  unsent: number;
  onClose: () => void;
  onSignOut: () => void;
}

export function SignOutDialog({ unsent, onClose, onSignOut }: SignOutDialogProps) {
  return (
    <Dialog title={t("sign_out_title")} place="middle" onClose={onClose}>
      <p>{tn("sign_out_unsent", unsent)}</p>
      <div class="dialog-actions">
        <Button data-autofocus onClick={onClose}>
          {t("cancel")}
        </Button>
        <Button kind="primary" onClick={onSignOut}>
          {t("menu_sign_out")}
        </Button>
      </div>
    </Dialog>
  );
}
