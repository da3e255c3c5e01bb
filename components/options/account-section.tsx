import type { Session } from "@partyline/contract/session";
import type { OptionsModel } from "../../utils/models/options-model.ts";
import { signInRefusalText } from "../../utils/models/refusal-text.ts";
import { t } from "../../utils/text.ts";
import { Button } from "../button.tsx";
import { Notice } from "../notice.tsx";

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
          <Button onClick={() => void model.signOut()}>{t("menu_sign_out")}</Button>
        </div>
      )}
      {refusal !== null && <Notice kind="bad">{signInRefusalText(refusal)}</Notice>}
    </section>
  );
}

function describe({ user, workspace }: Session): string {
  return t("options_signed_in_as", { name: user.name, email: user.email, workspace: workspace.name });
}

function role({ user }: Session): string {
  const name = t(`options_role_${user.role}`);
  return user.assignedDataOnly ? `${name} · ${t("options_assigned_only")}` : name;
}
