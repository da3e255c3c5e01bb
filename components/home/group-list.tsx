import "./group-list.css";
import type { Group } from "@partyline/contract/group";
import { useEffect, useRef } from "preact/hooks";
import type { GroupsModel } from "../../utils/models/groups-model.ts";
import { t } from "../../utils/text.ts";
import { Button } from "../button.tsx";
import { useRovingFocus } from "../use-roving-focus.ts";
import { useWindow } from "../use-window.ts";
import { GroupRow } from "./group-row.tsx";

const ROW_HEIGHT = 56;
const HEADING_HEIGHT = 28;
const NEAR_END_PX = 300;

type Line = { kind: "heading"; text: string } | { kind: "group"; group: Group; place: number };

interface GroupListProps {
  groups: GroupsModel;
  userId: string | null;
  now: number;
  onOpen: (groupId: string) => void;
}

export function GroupList({ groups, userId, now, onOpen }: GroupListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const lines = linesOf(groups.unread.value, groups.earlier.value);
  const places = lines.flatMap((line, index) => (line.kind === "group" ? [index] : []));
  const slice = useWindow(
    lines.length,
    (index) => (lines[index]?.kind === "heading" ? HEADING_HEIGHT : ROW_HEIGHT),
    () => scroller.current,
  );
  const roving = useRovingFocus(places.length, (place) => slice.reveal(places[place] ?? 0));
  const loadAtEnd = useScrolling(scroller, groups, lines.length);
  return (
    <div class="group-list" ref={scroller} onScroll={loadAtEnd}>
      {/* The keys only move the focus between the buttons in it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <ul
        class="group-list-inner"
        aria-label={t("groups_list")}
        style={{ height: `${slice.height}px` }}
        onKeyDown={roving.onKeyDown}
      >
        {slice.items.map(({ index, start }) => {
          const line = lines[index];
          // With its unit: Preact adds none, and what adds it comes with the menus and dialogs, later.
          return (
            <li key={line?.kind === "group" ? line.group.id : index} style={{ top: `${start}px` }}>
              {line?.kind === "heading" && <h2 class="group-list-heading">{line.text}</h2>}
              {line?.kind === "group" && (
                <GroupRow
                  group={line.group}
                  said={groups.said(line.group.id)}
                  query={groups.query.value}
                  userId={userId}
                  now={now}
                  roving={roving.item(line.place)}
                  onOpen={() => onOpen(line.group.id)}
                />
              )}
            </li>
          );
        })}
      </ul>
      {groups.loading.value && <p class="quiet">{t("groups_loading")}</p>}
      {groups.isPaused.value && (
        <Button kind="text" onClick={() => void groups.loadMore()}>
          {t("groups_look_on")}
        </Button>
      )}
    </div>
  );
}

/** Asks for more near the end, and begins at the top with every search. */
function useScrolling(scroller: { current: HTMLDivElement | null }, groups: GroupsModel, count: number): () => void {
  const loadAtEnd = () => {
    const box = scroller.current;
    if (box && box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX) void groups.loadMore();
  };
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- again only when the list has grown or shrunk
  useEffect(loadAtEnd, [count]);
  const asked = `${groups.filter.value} ${groups.query.value}`;
  useEffect(() => scroller.current?.scrollTo({ top: 0 }), [asked, scroller]);
  return loadAtEnd;
}

function linesOf(unread: readonly Group[], earlier: readonly Group[]): Line[] {
  const section = (key: "groups_unread" | "groups_earlier", groups: readonly Group[], from: number): Line[] =>
    groups.length === 0
      ? []
      : [
          { kind: "heading", text: t(key) },
          ...groups.map((group, index): Line => ({ kind: "group", group, place: from + index })),
        ];
  return [...section("groups_unread", unread, 0), ...section("groups_earlier", earlier, unread.length)];
}
