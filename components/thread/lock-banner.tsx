import type { Group } from "@partyline/contract/group";
import { lockingNames, lockText } from "../../utils/models/lock-text.ts";
import { t } from "../../utils/text.ts";
import { Button } from "../button.tsx";
import { Notice } from "../notice.tsx";

interface LockBannerProps {
  group: Group;
  now: number;
  onNewGroup: () => void;
}

/** Who keeps the group from sending, why and since when, and the way on without them (rule R8). */
export function LockBanner({ group, now, onNewGroup }: LockBannerProps) {
  if (group.lock === null) return null;
  return (
    <Notice
      kind="lock"
      action={<Button onClick={onNewGroup}>{t("lock_new_group", { names: lockingNames(group) })}</Button>}
    >
      {lockText(group.lock, now)}
    </Notice>
  );
}
