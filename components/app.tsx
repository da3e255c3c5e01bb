import "./base.css";
import "./view.css";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Gateway } from "../utils/models/gateway.ts";
import type { NewGroupStart } from "../utils/models/navigation.ts";
import type { PanelModel } from "../utils/models/panel-model.ts";
import { HiddenNotice } from "./hidden-notice.tsx";
import { HomeView } from "./home/home-view.tsx";
import { MissingCode } from "./missing-code.tsx";
import { OfflineBanner } from "./offline-banner.tsx";
import { panelKey, type PanelKey } from "./panel-keys.ts";
import { RefusedNumber } from "./refused-number.tsx";
import { SignedOutView } from "./signed-out-view.tsx";
import { Skeleton } from "./skeleton.tsx";
import { useKeysOutside } from "./use-keys-outside.ts";
import { KeysDialog, NewGroupView, ThreadView } from "./views.tsx";

interface AppProps {
  gateway: Gateway;
  panel: PanelModel;
  /** Asks the page to take the panel away; does nothing where there is no page around it. */
  onClose: () => void;
}

export function App({ gateway, panel, onClose }: AppProps) {
  const [help, setHelp] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const { navigation } = panel;
  const view = navigation.route.value.view;
  useFocusOnArrival(root, view);

  const act: Record<PanelKey, () => void> = {
    help: () => setHelp(true),
    back: () => (view === "home" ? onClose() : navigation.back()),
    search: () => root.current?.querySelector<HTMLElement>("[data-search]")?.focus(),
    text: () => root.current?.querySelector<HTMLElement>("[aria-keyshortcuts='t']")?.click(),
    new: () => root.current?.querySelector<HTMLElement>("[aria-keyshortcuts='n']")?.click(),
    people: () => root.current?.querySelector<HTMLElement>("[aria-keyshortcuts='p']")?.click(),
  };
  const hear = (event: KeyboardEvent) => {
    const key = panelKey(event);
    if (key === null) return;
    event.preventDefault();
    act[key]();
  };
  useKeysOutside(root, hear);
  return (
    // The keys of the whole panel are heard here; each does what a control in the view does as well.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div class="view" ref={root} onKeyDown={hear}>
      <OfflineBanner connection={panel.signIn.connection.value} />
      <RefusedNumber surroundings={panel.surroundings} />
      <HiddenNotice outbox={panel.outbox} />
      <MissingCode />
      <View gateway={gateway} panel={panel} onHelp={() => setHelp(true)} onClose={onClose} />
      {help && <KeysDialog onClose={() => setHelp(false)} />}
    </div>
  );
}

function View({ gateway, panel, onHelp, onClose }: AppProps & { onHelp: () => void }) {
  const { facts, navigation, signIn } = panel;
  const route = navigation.route.value;
  if (signIn.connection.value.state === "signed_out" || facts.session.value === undefined) {
    return <SignedOutView signIn={signIn} onClose={panel.place.here.value && onClose} />;
  }
  if (facts.session.value === null) return <Skeleton />;
  switch (route.view) {
    case "home":
      return <HomeView panel={panel} onHelp={onHelp} onClose={onClose} onText={() => panel.startGroup()} />;
    case "new_group":
      return <NewGroupView key={keyOf(route.start)} gateway={gateway} panel={panel} start={route.start} />;
    case "thread":
      return <ThreadView key={route.groupId} gateway={gateway} panel={panel} groupId={route.groupId} />;
  }
}

/** Another start is another group in the making, even where one is on its way. */
function keyOf({ rows }: NewGroupStart): string {
  return rows.map(({ contactId, phone }) => contactId ?? phone).join();
}

/** A new view starts at its heading, unless something in it has taken the focus already. */
function useFocusOnArrival(root: { current: HTMLElement | null }, view: string) {
  const before = useRef(view);
  useEffect(() => {
    if (before.current === view) return;
    before.current = view;
    const element = root.current;
    if (element === null || (element.contains(document.activeElement) && document.activeElement !== element)) return;
    const target = element.querySelector<HTMLElement>(".group-list [tabindex='0']") ?? element.querySelector("h1");
    target?.focus();
  }, [root, view]);
}
