import "./view.css";
import type { SignInModel } from "../utils/models/sign-in-model.ts";
import { signInRefusalText } from "../utils/models/refusal-text.ts";
import { t } from "../utils/text.ts";
import { Button } from "./button.tsx";
import { EmptyState } from "./empty-state.tsx";
import { Header } from "./header.tsx";
import { Notice } from "./notice.tsx";
import { OptionsLink } from "./options-link.tsx";

export function SignedOutView({ signIn }: { signIn: SignInModel }) {
  const refusal = signIn.refusal.value;
  const busy = signIn.busy.value;
  return (
    <main class="view">
      <Header title={t("app_name")} />
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
