import "../view.css";
import { useModel } from "@preact/signals";
import type { Group } from "@partyline/contract/group";
import { useRef, useState } from "preact/hooks";
import type { Gateway } from "../../utils/models/gateway.ts";
import { successorStart } from "../../utils/models/lock-text.ts";
import type { PanelModel } from "../../utils/models/panel-model.ts";
import { callRefusalText } from "../../utils/models/refusal-text.ts";
import { ThreadModel } from "../../utils/models/thread-model.ts";
import { t } from "../../utils/text.ts";
import { Button } from "../button.tsx";
import { EmptyState } from "../empty-state.tsx";
import { Header } from "../header.tsx";
import { PeopleDrawer } from "../people/people-drawer.tsx";
import { Skeleton } from "../skeleton.tsx";
import { HeldNotice } from "./held-notice.tsx";
import { LockBanner } from "./lock-banner.tsx";
import { MessageList } from "./message-list.tsx";
import { NewMessageVoice } from "./new-message-voice.tsx";
import { RefusedRename } from "./refused-rename.tsx";
import { RenameDialog } from "./rename-dialog.tsx";
import { ThreadComposer } from "./thread-composer.tsx";
import { ScheduleDialog } from "./schedule-dialog.tsx";
import { ThreadHeader } from "./thread-header.tsx";
import { useClosedField } from "./use-closed-field.ts";

interface ThreadViewProps {
  gateway: Gateway;
  panel: PanelModel;
  groupId: string;
}

export function ThreadView({ gateway, panel, groupId }: ThreadViewProps) {
  const model = useModel(() => new ThreadModel(gateway, panel, groupId));
  const group = model.group.value;
  const view = useRef<HTMLElement>(null);
  const onTaken = useClosedField(view, group !== null && (group.lock ?? group.sendRefusal) !== null);
  return (
    <main class="view" ref={view}>
      {group === null ? (
        <Missing model={model} onBack={() => panel.navigation.back()} />
      ) : (
        <Thread gateway={gateway} panel={panel} model={model} group={group} onTaken={onTaken} />
      )}
      {group !== null && <ScheduleDialog model={model} group={group} panel={panel} />}
    </main>
  );
}

interface ThreadProps {
  gateway: Gateway;
  panel: PanelModel;
  model: ThreadModel;
  group: Group;
  /** The field goes away while somebody writes in it. */
  onTaken: () => void;
}

function Thread({ gateway, panel, model, group, onTaken }: ThreadProps) {
  const [dialog, setDialog] = useState<"people" | "rename" | null>(null);
  const close = () => setDialog(null);
  const record = {
    recordUrl: panel.selection.recordUrl.value,
    onOpenRecord: (url: string) => void gateway.calls.open_record(url, group.id),
  };
  const startSuccessor = () => panel.navigation.openNewGroup(successorStart(group));
  return (
    <>
      <ThreadHeader
        group={group}
        onBack={() => panel.navigation.back()}
        onRename={() => setDialog("rename")}
        onPeople={() => setDialog("people")}
      />
      <LockBanner
        group={group}
        successor={model.successor.value}
        now={panel.now.value}
        onNewGroup={startSuccessor}
        onOpenGroup={(groupId) => panel.navigation.openThread(groupId)}
      />
      <RefusedRename model={model} panel={panel} />
      <MessageList panel={panel} model={model} group={group} />
      <HeldNotice model={model} group={group} />
      <ThreadComposer
        model={model}
        group={group}
        max={panel.facts.limits.value.textMax}
        {...record}
        onNewGroup={startSuccessor}
        onTaken={onTaken}
      />
      <NewMessageVoice message={model.announced.value} />
      {dialog === "people" && (
        <PeopleDrawer
          group={group}
          {...record}
          onClose={close}
          onChangePeople={startSuccessor}
          onOpenGroup={(groupId) => panel.navigation.openThread(groupId)}
        />
      )}
      {dialog === "rename" && (
        <RenameDialog name={group.name ?? ""} onClose={close} onSave={(name) => void model.rename(name)} />
      )}
    </>
  );
}

function Missing({ model, onBack }: { model: ThreadModel; onBack: () => void }) {
  const refusal = model.refusal.value;
  return (
    <>
      <Header title={t("app_name")} onBack={onBack} />
      {refusal === null ? (
        <Skeleton lines={5} />
      ) : (
        <EmptyState title={t("thread_missing")} hint={callRefusalText(refusal)}>
          <Button onClick={() => void model.load()}>{t("retry")}</Button>
        </EmptyState>
      )}
    </>
  );
}
