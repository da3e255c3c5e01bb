import { Ellipsis } from "lucide-preact";
import { useState } from "preact/hooks";
import type { PanelModel } from "../../utils/models/panel-model.ts";
import { t } from "../../utils/text.ts";
import { Menu } from "../menu.tsx";
import { PlaceDialog, UnsentDialog } from "../views.tsx";

const ITEMS = ["menu_place", "menu_side_panel", "menu_keys", "menu_options", "menu_sign_out", "close"] as const;

interface HomeMenuProps {
  panel: PanelModel;
  onHelp: () => void;
  onClose: () => void;
}

export function HomeMenu({ panel, onHelp, onClose }: HomeMenuProps) {
  const [asking, setAsking] = useState(false);
  const [placing, setPlacing] = useState(false);
  const unsent = panel.outbox.items.value.length;
  const possible: Record<string, boolean> = {
    menu_place: panel.place.here.value !== null,
    close: panel.place.here.value !== null,
    menu_side_panel: panel.surroundings.openSidePanel.value !== null,
  };
  const items = ITEMS.filter((key) => possible[key] !== false);
  const signOut = () => void panel.signIn.signOut();
  const choose = (value: string) => {
    if (value === "menu_place") setPlacing(true);
    if (value === "menu_side_panel") panel.surroundings.openSidePanel.value?.();
    if (value === "menu_keys") onHelp();
    if (value === "close") onClose();
    if (value === "menu_options") window.open("/options.html", "_blank", "noopener");
    if (value === "menu_sign_out") {
      if (unsent > 0) setAsking(true);
      else signOut();
    }
  };
  return (
    <>
      <Menu
        kind="action"
        label={t("more")}
        trigger={<Ellipsis size={16} aria-hidden="true" />}
        items={items.map((key) => ({ value: key, text: t(key), plainText: t(key) }))}
        onSelect={choose}
      />
      {placing && <PlaceDialog place={panel.place} onClose={() => setPlacing(false)} />}
      {asking && <UnsentDialog leaving="sign_out" unsent={unsent} onClose={() => setAsking(false)} onGo={signOut} />}
    </>
  );
}
