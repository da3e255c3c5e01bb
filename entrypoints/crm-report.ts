import { defineUnlistedScript } from "wxt/utils/define-unlisted-script";
import type { CrmWorld } from "../utils/page/crm-page.ts";
import { describePage } from "../utils/page/describe-page.ts";

/** Run in a page by `utils/page-reports.ts` when somebody reports it; answers with the report. */
export default defineUnlistedScript(() => {
  const reading = (globalThis as CrmWorld).partylinePage?.reading() ?? { recipe: null, container: null };
  return describePage(reading, document);
});
