import type { Group } from "@partyline/contract/group";
import { lockingNames, lockText } from "../../utils/models/lock-text.ts";
import { t } from "../../utils/text.ts";
import { Button } from "../button.tsx";
import { Notice } from "../notice.tsx";

interface LockBannerProps {
  group: Group;
  now: number;
  onNewGroup: () => void;
  onOpenGroup: (groupId: string) => void;
}

/** Who keeps the group from sending, why and since when, and the way on without them (rule R8). */
export function LockBanner({ group, now, onNewGroup, onOpenGroup }: LockBannerProps) {
  if (group.lock === null) return null;
  const successor = group.links.findLast(({ relation }) => relation === "successor");
  return (
    <Notice
      kind="lock"
      action={
        successor === undefined ? (
          <Button onClick={onNewGroup}>{t("lock_new_group", { names: lockingNames(group) })}</Button>
        ) : (
          <Button onClick={() => onOpenGroup(successor.groupId)}>
            {t("lock_open_successor", { title: successor.title })}
          </Button>
        )
      }
    >
      {lockText(group.lock, now)}
    </Notice>
  );
}
