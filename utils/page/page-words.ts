import { browser } from "wxt/browser";

/** What the script says in the page, read at its start: after an update there is no catalogue left to read from. */
export function readPageWords() {
  return {
    open: say("page_handle"),
    close: say("page_handle_close"),
    unread: say("page_handle_unread", "{count}"),
    panel: say("page_panel"),
    updated: say("page_stale"),
    refresh: say("page_refresh"),
  };
}
export type PageWords = ReturnType<typeof readPageWords>;

function say(key: string, value?: string): string {
  return browser.i18n.getMessage(key as "page_handle", value);
}
