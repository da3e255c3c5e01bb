import { defineUnlistedScript } from "wxt/utils/define-unlisted-script";
import { startCrmPage } from "../utils/page/crm-page.ts";

/**
 * Put into the pages of enabled CRM sites by `utils/sites.ts`. Not one of WXT's content scripts: those announce
 * themselves to the page with events and messages, and bring twice our own size.
 */
export default defineUnlistedScript(() => {
  void startCrmPage();
});
