import "../view.css";
import { SquarePen } from "lucide-preact";
import type { PanelModel } from "../../utils/models/panel-model.ts";
import { t } from "../../utils/text.ts";
import { Button, IconButton } from "../button.tsx";
import { EmptyState } from "../empty-state.tsx";
import { Header } from "../header.tsx";
import { SearchField } from "../search-field.tsx";
import { Skeleton } from "../skeleton.tsx";
import { ConnectionBadge } from "./connection-badge.tsx";
import { DirectoryNotice } from "./directory-notice.tsx";
import { ElsewhereCard } from "./elsewhere-card.tsx";
import { GroupFilter } from "./group-filter.tsx";
import { GroupList } from "./group-list.tsx";
import { HomeMenu } from "./home-menu.tsx";
import { SelectionCard } from "./selection-card.tsx";
import { StrangerCard } from "./stranger-card.tsx";

interface HomeViewProps {
  panel: PanelModel;
  onText: () => void;
  onHelp: () => void;
  onClose: () => void;
}

export function HomeView({ panel, onText, onHelp, onClose }: HomeViewProps) {
  return (
    <main class="view">
      <Header title={t("app_name")}>
        <ConnectionBadge connection={panel.signIn.connection.value} />
        <IconButton label={t("new_group_title")} aria-keyshortcuts="n" onClick={onText}>
          <SquarePen size={16} aria-hidden="true" />
        </IconButton>
        <HomeMenu panel={panel} onHelp={onHelp} onClose={onClose} />
      </Header>
      <PageCard panel={panel} onText={onText} />
      <DirectoryNotice trouble={panel.facts.session.value?.directoryTrouble} />
      <SearchField
        label={t("search_label")}
        value={panel.groups.query.value}
        onInput={(text) => panel.groups.search(text)}
      />
      <GroupFilter chosen={panel.groups.filter.value} onChoose={(filter) => panel.groups.show(filter)} />
      <Groups panel={panel} />
    </main>
  );
}

function PageCard({ panel, onText }: Pick<HomeViewProps, "panel" | "onText">) {
  const { facts, selection, surroundings } = panel;
  const place = surroundings.place.value;
  if (place.state === "stranger") return <StrangerCard origin={place.origin} onEnable={surroundings.enableSite} />;
  if (selection.isElsewhere.value) return <ElsewhereCard workspace={facts.session.value?.workspace.name ?? ""} />;
  return <SelectionCard selection={selection} maxParticipants={facts.mostPeople.value} onText={onText} />;
}

function Groups({ panel }: { panel: PanelModel }) {
  const { all, found, filter, query, loading, isPaused } = panel.groups;
  if (all.value === null) return <Skeleton lines={4} />;
  if (found.value.length > 0) {
    return (
      <GroupList
        groups={panel.groups}
        userId={panel.facts.session.value?.user.id ?? null}
        now={panel.now.value}
        onOpen={(groupId) => panel.navigation.openThread(groupId)}
      />
    );
  }
  if (loading.value) return <Skeleton />;
  if (isPaused.value) {
    return (
      <EmptyState title={t("groups_none_yet")}>
        <Button onClick={() => void panel.groups.loadMore()}>{t("groups_look_on")}</Button>
      </EmptyState>
    );
  }
  if (query.value.trim() === "") {
    if (filter.value !== "all") return <EmptyState title={t(`filter_none_${filter.value}`)} />;
    return <EmptyState title={t("groups_empty_title")} hint={t("groups_empty_hint")} />;
  }
  return (
    <EmptyState title={t("groups_none_found", { query: query.value.trim() })} hint={t("groups_none_found_hint")} />
  );
}
