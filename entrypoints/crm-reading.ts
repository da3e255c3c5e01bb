import { defineUnlistedScript } from "wxt/utils/define-unlisted-script";
import { currentPage } from "../utils/page/crm-world.ts";
import { createPageReader } from "../utils/page/page-reader.ts";

/** Put beside `crm.js` once somebody uses the page or wants its selection; see `utils/page-reading.ts`. */
export default defineUnlistedScript(() => {
  currentPage()?.readWith(createPageReader);
});
