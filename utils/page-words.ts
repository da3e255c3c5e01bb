import type { MessageKey } from "./text.ts";

export type Say = (key: MessageKey, value?: string) => string;

/**
 * What the script says in the page. It hears its words from the background at its start: reading them by itself costs
 * more, and after an update there is no catalogue left to read from.
 */
export function readPageWords(say: Say) {
  return {
    open: say("page_handle"),
    close: say("page_handle_close"),
    unread: say("page_handle_unread", "{count}"),
    move: say("page_handle_move"),
    panel: say("page_panel"),
    width: say("page_panel_width"),
    updated: say("page_stale"),
    refresh: say("page_refresh"),
  };
}
export type PageWords = ReturnType<typeof readPageWords>;
