import "./connection-badge.css";
import type { Connection } from "../../utils/background-calls.ts";
import { t } from "../../utils/text.ts";

export function ConnectionBadge({ connection }: { connection: Connection }) {
  return (
    <span class={`connection connection-${connection.state} quiet`} role="status">
      {t(`connection_${connection.state}`)}
    </span>
  );
}
