import type { Session } from "@partyline/contract/session";
import { t } from "../../utils/text.ts";
import { Notice } from "../notice.tsx";
import { OptionsLink } from "../options-link.tsx";

/** For admins alone: contacts cannot be looked up until they connect the CRM. */
export function DirectoryNotice({ trouble }: { trouble: Session["directoryTrouble"] }) {
  if (trouble === undefined) return null;
  return (
    <Notice kind="bad" action={<OptionsLink />}>
      {t(`options_directory_${trouble}`)}
    </Notice>
  );
}
