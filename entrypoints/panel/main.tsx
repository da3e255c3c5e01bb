import { render } from "preact";
import { v7 as newId } from "uuid";
import { App } from "../../components/app.tsx";
import { loadViews } from "../../components/views.tsx";
import { InertView } from "../../components/inert-view.tsx";
import { whenOpened, whenQuiet, whenRead } from "../../utils/first-sight.ts";
import { callBackground, connectPanel } from "../../utils/messaging.ts";
import { watchAttention } from "../../utils/models/attention.ts";
import type { Gateway } from "../../utils/models/gateway.ts";
import { PanelModel } from "../../utils/models/panel-model.ts";
import { watchPlainSight } from "../../utils/plain-sight.ts";
import { openPanelReplica } from "../../utils/panel-replica.ts";
import { announceChange, replicaChanges } from "../../utils/replica-changes.ts";
import { findWayBeside } from "../../utils/side-panel.ts";
import { enableSite } from "../../utils/sites.ts";

async function start(root: HTMLElement): Promise<void> {
  const opening = openPanelReplica();
  await whenOpened();
  const link = connectPanel();
  const [isAdmitted, moveBeside, replica] = await Promise.all([link.admitted, findWayBeside(), opening]);
  if (!isAdmitted) {
    render(<InertView />, root);
    return;
  }
  const gateway: Gateway = {
    enableSite,
    openSidePanel: moveBeside && (() => void moveBeside().then(() => link.closePanel())),
    replica,
    calls: callBackground,
    events: link.events,
    changes: replicaChanges,
    announce: announceChange,
    attentive: watchAttention(document),
    wasInSight: watchPlainSight(),
    now: () => Date.now(),
    newId: () => newId(),
  };
  const panel = new PanelModel(gateway);
  await whenRead(panel.isRead);
  render(<App gateway={gateway} panel={panel} onClose={() => link.closePanel()} />, root);
  whenQuiet(() => void loadViews());
}

const root = document.querySelector<HTMLElement>("#panel");
if (root !== null) void start(root);
