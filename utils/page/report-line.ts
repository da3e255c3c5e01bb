import { browser } from "./page-browser.ts";
import { PAGE_PORT, type PageReport } from "../page-messages.ts";

/** The port to the background, open exactly while somebody wants to hear from this page. */
export function createReportLine(onLost: () => void) {
  let port: ReturnType<typeof browser.runtime.connect> | null = null;

  function open(): NonNullable<typeof port> {
    if (port !== null) return port;
    const opened = browser.runtime.connect({ name: PAGE_PORT });
    opened.onDisconnect.addListener(() => {
      port = null;
      onLost();
    });
    port = opened;
    return opened;
  }

  return {
    say: (report: PageReport) => open().postMessage(report),
    close(): void {
      port?.disconnect();
      port = null;
    },
  };
}
