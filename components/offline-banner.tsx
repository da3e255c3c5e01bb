import type { Connection } from "../utils/background-calls.ts";
import { callRefusalText } from "../utils/models/refusal-text.ts";
import { t } from "../utils/text.ts";
import { Notice } from "./notice.tsx";

/** Says that the backend cannot be reached and why, and what becomes of what is sent meanwhile. */
export function OfflineBanner({ connection }: { connection: Connection }) {
  if (connection.state !== "offline") return null;
  return (
    <Notice kind="offline">
      {callRefusalText(connection.refusal)} {t("offline_outbox")}
    </Notice>
  );
}
