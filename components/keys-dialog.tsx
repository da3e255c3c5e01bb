import "./keys-dialog.css";
import { t, type MessageKey } from "../utils/text.ts";
import { Dialog } from "./dialog.tsx";

const KEYS = [
  ["keys_search_key", "keys_search"],
  ["keys_move_key", "keys_move"],
  ["keys_open_key", "keys_open"],
  ["keys_text_key", "keys_text"],
  ["keys_new_key", "keys_new"],
  ["keys_people_key", "keys_people"],
  ["keys_send_key", "keys_send"],
  ["keys_newline_key", "keys_newline"],
  ["keys_back_key", "keys_back"],
  ["keys_help_key", "keys_help"],
] as const satisfies readonly (readonly [MessageKey, MessageKey])[];

export function KeysDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={t("keys_title")} place="middle" onClose={onClose}>
      <dl class="keys">
        {KEYS.map(([key, action]) => [
          <dt key={key}>
            {t(key)
              .split(" ")
              .map((cap) => (
                <kbd key={cap}>{cap}</kbd>
              ))}
          </dt>,
          <dd key={action}>{t(action)}</dd>,
        ])}
      </dl>
    </Dialog>
  );
}
