import { defineUnlistedScript } from "wxt/utils/define-unlisted-script";
import { currentPage } from "../utils/page/crm-world.ts";
import { describePage } from "../utils/page/describe-page.ts";

/** Run in a page by `utils/page-reports.ts` when somebody reports it; answers with the report. */
export default defineUnlistedScript(() => {
  const reading = currentPage()?.reading() ?? { recipe: null, container: null };
  return describePage(reading, document);
});
