import "./view.css";
import { X } from "lucide-preact";
import type { SignInModel } from "../utils/models/sign-in-model.ts";
import { signInRefusalText } from "../utils/models/refusal-text.ts";
import { t } from "../utils/text.ts";
import { Button, IconButton } from "./button.tsx";
import { EmptyState } from "./empty-state.tsx";
import { Header } from "./header.tsx";
import { Notice } from "./notice.tsx";
import { OptionsLink } from "./options-link.tsx";

interface SignedOutViewProps {
  signIn: SignInModel;
  /** Null where no page is around the panel that could take it away. */
  onClose: (() => void) | null;
}

export function SignedOutView({ signIn, onClose }: SignedOutViewProps) {
  const refusal = signIn.refusal.value;
  const busy = signIn.busy.value;
  return (
    <main class="view">
      <Header title={t("app_name")}>
        {onClose !== null && (
          <IconButton label={t("close")} onClick={onClose}>
            <X size={16} aria-hidden="true" />
          </IconButton>
        )}
      </Header>
      {refusal !== null && <Notice kind="bad">{signInRefusalText(refusal)}</Notice>}
      <EmptyState title={t("signed_out_title")} hint={t("signed_out_text")}>
        <Button kind="primary" large disabled={busy} onClick={() => void signIn.signIn()}>
          {t(busy ? "signing_in" : "sign_in")}
        </Button>
        <OptionsLink />
      </EmptyState>
    </main>
  );
}
