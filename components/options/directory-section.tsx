import "./directory-section.css";
import { useState } from "preact/hooks";
import type { DirectoryState } from "@partyline/contract/directory";
import type { CallRefusal } from "../../utils/command.ts";
import type { DirectoryModel } from "../../utils/models/directory-model.ts";
import { callRefusalText } from "../../utils/models/refusal-text.ts";
import { fullTime } from "../../utils/models/when.ts";
import { t } from "../../utils/text.ts";
import { Button } from "../button.tsx";
import { Dialog } from "../dialog.tsx";
import { Notice } from "../notice.tsx";
import { Skeleton } from "../skeleton.tsx";

/** Where contacts come from, whether that works, and how to make it work. */
export function DirectorySection({ model }: { model: DirectoryModel }) {
  if (!model.isAdmin.value) return null;
  const state = model.state.value;
  const refusal = model.refusal.value;
  return (
    <section class="options-section">
      <h2>{t("options_directory")}</h2>
      {state === null && refusal === null && <Skeleton />}
      {state?.kind === "built_in" && <BuiltIn />}
      {state?.kind === "highlevel" && <HighLevel model={model} state={state} />}
      {refusal !== null && <Notice kind="bad">{refusalText(refusal)}</Notice>}
    </section>
  );
}

function BuiltIn() {
  return (
    <>
      <p>{t("options_directory_built_in")}</p>
      <p class="quiet">{t("options_directory_built_in_hint")}</p>
    </>
  );
}

function HighLevel({ model, state }: { model: DirectoryModel; state: DirectoryState }) {
  const { connection } = state;
  return (
    <>
      <p>
        {t("options_directory_highlevel")} <code>{state.locationId}</code>
      </p>
      <ConnectionState connection={connection} />
      {state.peopleSyncedAt !== null && (
        <p class="quiet">{t("options_directory_synced", { time: fullTime(state.peopleSyncedAt) })}</p>
      )}
      <div class="directory-actions">
        {state.canAuthorize && (
          <Button
            kind={connection?.state === "connected" ? "plain" : "primary"}
            disabled={model.busy.value}
            onClick={() => void model.authorize()}
          >
            {t(connection === null ? "options_directory_authorize" : "options_directory_authorize_again")}
          </Button>
        )}
        {connection !== null && <Disconnect model={model} />}
      </div>
      <TokenForm model={model} />
    </>
  );
}

/** Only the CRM's own page, or a token made anew, brings a connection back: so it is asked twice. */
function Disconnect({ model }: { model: DirectoryModel }) {
  const [asking, setAsking] = useState(false);
  const close = () => setAsking(false);
  return (
    <>
      <Button kind="text" disabled={model.busy.value} onClick={() => setAsking(true)}>
        {t("options_directory_disconnect")}
      </Button>
      {asking && (
        <Dialog title={t("options_directory_disconnect_title")} place="middle" onClose={close}>
          <p>{t("options_directory_disconnect_text")}</p>
          <div class="dialog-actions">
            <Button data-autofocus onClick={close}>
              {t("cancel")}
            </Button>
            <Button
              kind="primary"
              onClick={() => {
                close();
                void model.disconnect();
              }}
            >
              {t("options_directory_disconnect")}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}

function ConnectionState({ connection }: Pick<DirectoryState, "connection">) {
  if (connection === null) return <Notice kind="bad">{t("options_directory_not_connected")}</Notice>;
  if (connection.state === "broken") return <Notice kind="bad">{t("options_directory_broken")}</Notice>;
  if (connection.trouble !== null) return <Notice kind="bad">{t(`options_directory_${connection.trouble}`)}</Notice>;
  return <p class="quiet">{t(`options_directory_${connection.kind}`, { time: fullTime(connection.since) })}</p>;
}

function TokenForm({ model }: { model: DirectoryModel }) {
  const [token, setToken] = useState("");
  const save = async () => {
    if (await model.putToken(token)) setToken("");
  };
  return (
    <form
      class="options-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <input
        type="password"
        autocomplete="off"
        spellcheck={false}
        aria-label={t("options_directory_token")}
        placeholder={t("options_directory_token")}
        value={token}
        onInput={(event) => setToken(event.currentTarget.value)}
      />
      <Button type="submit" disabled={model.busy.value || token.trim().length < 8}>
        {t("options_directory_token_save")}
      </Button>
    </form>
  );
}

/** Why the CRM refused a token is the backend's to say: it saw the token. */
function refusalText(refusal: CallRefusal): string {
  const isToken = refusal.reason === "problem" && refusal.code === "directory_refused";
  return [callRefusalText(refusal), ...(isToken ? [refusal.detail ?? ""] : [])].join(" ").trim();
}
