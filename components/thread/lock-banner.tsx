import type { Group, GroupLink } from "@partyline/contract/group";
import { lockingNames, lockText, successorStart } from "../../utils/models/lock-text.ts";
import { t } from "../../utils/text.ts";
import { Button } from "../button.tsx";
import { Notice } from "../notice.tsx";

interface LockBannerProps {
  group: Group;
  /** Where it goes on without them already. */
  successor: GroupLink | null;
  now: number;
  onNewGroup: () => void;
  onOpenGroup: (groupId: string) => void;
}

/** Who keeps the group from sending, why and since when, and the way on without them (rule R8). */
export function LockBanner({ group, successor, now, onNewGroup, onOpenGroup }: LockBannerProps) {
  if (group.lock === null) return null;
  const isAnybodyLeft = successorStart(group).rows.length > 0;
  return (
    <Notice
      kind="lock"
      inPlaceOfField
      action={
        successor === null ? (
          isAnybodyLeft && <Button onClick={onNewGroup}>{t("lock_new_group", { names: lockingNames(group) })}</Button>
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
