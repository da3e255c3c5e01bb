import "../view.css";
import type { PanelModel } from "../../utils/models/panel-model.ts";
import { t } from "../../utils/text.ts";
import { EmptyState } from "../empty-state.tsx";
import { Header } from "../header.tsx";
import { SearchField } from "../search-field.tsx";
import { Skeleton } from "../skeleton.tsx";
import { ConnectionBadge } from "./connection-badge.tsx";
import { GroupList } from "./group-list.tsx";
import { HomeMenu } from "./home-menu.tsx";
import { SelectionCard } from "./selection-card.tsx";

interface HomeViewProps {
  panel: PanelModel;
  onText: () => void;
  onHelp: () => void;
}

export function HomeView({ panel, onText, onHelp }: HomeViewProps) {
  return (
    <main class="view">
      <Header title={t("app_name")}>
        <ConnectionBadge connection={panel.signIn.connection.value} />
        <HomeMenu panel={panel} onHelp={onHelp} />
      </Header>
      <SelectionCard
        selection={panel.selection}
        maxParticipants={panel.facts.limits.value.maxParticipants}
        onText={onText}
      />
      <SearchField
        label={t("search_label")}
        value={panel.groups.query.value}
        onInput={(text) => panel.groups.search(text)}
      />
      <Groups panel={panel} />
    </main>
  );
}

function Groups({ panel }: { panel: PanelModel }) {
  const { all, found, query, loading } = panel.groups;
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
  if (query.value.trim() === "") return <EmptyState title={t("groups_empty_title")} hint={t("groups_empty_hint")} />;
  if (loading.value) return <Skeleton />;
  return (
    <EmptyState title={t("groups_none_found", { query: query.value.trim() })} hint={t("groups_none_found_hint")} />
  );
}
