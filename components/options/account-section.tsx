import { useState } from "preact/hooks";
import type { Session } from "@partyline/contract/session";
import type { OptionsModel } from "../../utils/models/options-model.ts";
import { signInRefusalText } from "../../utils/models/refusal-text.ts";
import { t } from "../../utils/text.ts";
import { Button } from "../button.tsx";
import { Notice } from "../notice.tsx";
import { UnsentDialog } from "../unsent-dialog.tsx";

export function AccountSection({ model }: { model: OptionsModel }) {
  const session = model.session.value;
  const refusal = model.signInRefusal.value;
  return (
    <section class="options-section">
      <h2>{t("options_account")}</h2>
      {session === null || session === undefined ? (
        <div class="options-person">
          <p>{t("options_signed_out")}</p>
          <Button disabled={model.signingIn.value} onClick={() => void model.signIn()}>
            {t(model.signingIn.value ? "signing_in" : "sign_in")}
          </Button>
        </div>
      ) : (
        <div class="options-person">
          <div>
            <p dir="auto">{describe(session)}</p>
            <p class="quiet">{role(session)}</p>
          </div>
          <SignOut model={model} />
        </div>
      )}
      {refusal !== null && <Notice kind="bad">{signInRefusalText(refusal)}</Notice>}
    </section>
  );
}

function SignOut({ model }: { model: OptionsModel }) {
  const [asking, setAsking] = useState(false);
  const unsent = model.unsent.value;
  const signOut = () => {
    setAsking(false);
    void model.signOut();
  };
  return (
    <>
      <Button onClick={unsent > 0 ? () => setAsking(true) : signOut}>{t("menu_sign_out")}</Button>
      {asking && <UnsentDialog leaving="sign_out" unsent={unsent} onClose={() => setAsking(false)} onGo={signOut} />}
    </>
  );
}

function describe({ user, workspace }: Session): string {
  return t("options_signed_in_as", { name: user.name, email: user.email, workspace: workspace.name });
}

function role({ user }: Session): string {
  const name = t(`options_role_${user.role}`);
  return user.assignedDataOnly ? `${name} · ${t("options_assigned_only")}` : name;
}
