import { t, tn } from "../utils/text.ts";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";

const WORDS = {
  sign_out: { title: "sign_out_title", unsent: "sign_out_unsent", go: "menu_sign_out" },
  other_backend: { title: "other_backend_title", unsent: "other_backend_unsent", go: "other_backend_go" },
} as const;

interface UnsentDialogProps {
  leaving: keyof typeof WORDS;
  /** How many commands wait in the outbox: they belong to the user who leaves. */
  unsent: number;
  onClose: () => void;
  onGo: () => void;
}

/** Asks before something takes along what the backend has not got yet. */
export function UnsentDialog({ leaving, unsent, onClose, onGo }: UnsentDialogProps) {
  const words = WORDS[leaving];
  return (
    <Dialog title={t(words.title)} place="middle" onClose={onClose}>
      <p>{tn(words.unsent, unsent)}</p>
      <div class="dialog-actions">
        <Button data-autofocus onClick={onClose}>
          {t("cancel")}
        </Button>
        <Button kind="primary" onClick={onGo}>
          {t(words.go)}
        </Button>
      </div>
    </Dialog>
  );
}
