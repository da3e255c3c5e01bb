import { render } from "preact";
import { OptionsView } from "../../components/options/options-view.tsx";
import { browser } from "../../utils/browser.ts";
import { callBackground } from "../../utils/messaging.ts";
import { DirectoryModel } from "../../utils/models/directory-model.ts";
import { OptionsModel } from "../../utils/models/options-model.ts";
import { RecipesModel } from "../../utils/models/recipes-model.ts";
import { forgetReports, onReportsChanged, readReports } from "../../utils/page-reports.ts";
import { openPanelReplica } from "../../utils/panel-replica.ts";
import { onRecipesChanged, readRecipeBook } from "../../utils/recipe-book.ts";
import { listCrmTabs, tryRecipesOn } from "../../utils/recipe-tabs.ts";
import { replicaChanges } from "../../utils/replica-changes.ts";
import { onPresenceChanged } from "../../utils/presence.ts";
import { readFact } from "../../utils/replica.ts";
import { onSettingsChanged, readSettings } from "../../utils/settings.ts";
import { openShortcutSettings, readShortcut } from "../../utils/shortcut.ts";
import { askLeave, disableSite, enableSite } from "../../utils/sites.ts";

const TRIALS = { listTabs: listCrmTabs, onSitesChanged: onSettingsChanged, tryOn: tryRecipesOn };

async function start(root: HTMLElement): Promise<void> {
  const replica = await openPanelReplica();
  const model = new OptionsModel({
    calls: callBackground,
    changes: replicaChanges,
    readSession: () => readFact(replica, "session"),
    countUnsent: async () => (await replica.getAll("outbox")).length,
    readSettings,
    onSettingsChanged,
    reach: {
      hiddenHandles: () => callBackground.hidden_handles(),
      showHandle: (site) => callBackground.show_handle(site),
      onPresenceChanged,
      readShortcut,
      changeShortcut: openShortcutSettings,
    },
    allowBackend: askLeave,
    enableSite,
    disableSite,
  });
  const recipes = new RecipesModel({
    calls: callBackground,
    readBook: () => readRecipeBook(),
    onBookChanged: onRecipesChanged,
    ...TRIALS,
    readReports,
    onReportsChanged,
    forgetReports,
    now: () => Date.now(),
  });
  const directory = new DirectoryModel({
    calls: callBackground,
    changes: replicaChanges,
    readSession: () => readFact(replica, "session"),
    openPage: (url) => void browser.tabs.create({ url }),
    onReturn: (listener) => globalThis.addEventListener("focus", listener),
  });
  render(
    <OptionsView
      model={model}
      recipes={recipes}
      directory={directory}
      version={browser.runtime.getManifest().version}
      returnAddress={browser.identity.getRedirectURL()}
      onCopy={(text) => navigator.clipboard.writeText(text)}
    />,
    root,
  );
}

const root = document.querySelector<HTMLElement>("#options");
if (root !== null) void start(root);
