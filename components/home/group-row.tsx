import "./group-row.css";
import type { Group } from "@partyline/contract/group";
import type { Message } from "@partyline/contract/message";
import { groupTitle } from "@partyline/domain/people";
import { Lock } from "lucide-preact";
import type { ButtonHTMLAttributes } from "preact";
import { fromMatch } from "../../utils/models/group-search.ts";
import { loneWriter } from "../../utils/models/lone-thread.ts";
import { fullTime, shortAge } from "../../utils/models/when.ts";
import { t, tn } from "../../utils/text.ts";
import { Tag } from "../tag.tsx";

interface GroupRowProps {
  group: Group;
  /** What a search found in it, where that is not what was said last. */
  said: Message | null;
  query: string;
  userId: string | null;
  now: number;
  /** What the list adds for moving the focus. */
  roving: Pick<ButtonHTMLAttributes, "tabIndex" | "ref" | "onFocus">;
  onOpen: () => void;
}

export function GroupRow({ group, said, query, userId, now, roving, onOpen }: GroupRowProps) {
  const title = groupTitle(group);
  return (
    <button
      type="button"
      class={group.unread > 0 ? "group-row group-row-unread" : "group-row"}
      onClick={onOpen}
      {...roving}
    >
      <span class="group-row-dot" />
      <span class="group-row-title" title={title}>
        <bdi class="ellipsis">{title}</bdi>
        <Marks group={group} />
      </span>
      <time class="group-row-age quiet" dateTime={group.lastActivityAt} title={fullTime(group.lastActivityAt)}>
        {shortAge(group.lastActivityAt, now)}
      </time>
      <span class="group-row-snippet quiet ellipsis">
        {snippet(said ?? group.lastMessage, said === null ? "" : query, userId)}
      </span>
      {group.unread > 0 && (
        <span class="group-row-badge">
          <span aria-hidden="true">{group.unread > 99 ? "99+" : group.unread}</span>
          <span class="visually-hidden">{tn("group_unread", group.unread)}</span>
        </span>
      )}
    </button>
  );
}

/** What sets the group apart: nobody made it, something was kept from going out, or nothing can. */
function Marks({ group }: Pick<GroupRowProps, "group">) {
  const isHeld = group.scheduled?.some(({ held }) => held !== null) ?? false;
  return (
    <>
      {group.discovered && (
        <Tag kind="plain" text={t(loneWriter(group) === null ? "group_discovered" : "group_alone")} />
      )}
      {isHeld && <Tag kind="warn" text={t("group_held")} />}
      {group.lock !== null && <Lock size={12} role="img" aria-label={t("group_locked")} />}
    </>
  );
}

function snippet(message: Message | null, query: string, userId: string | null): string {
  if (message === null) return t("group_no_messages");
  const text = message.text.trim() === "" ? t("group_attachment") : fromMatch(message.text, query);
  if (message.author.kind === "user" && message.author.id === userId) return t("group_you", { text });
  return t("group_author", { name: message.author.name.split(/\s+/)[0] ?? "", text });
}
