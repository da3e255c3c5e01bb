import { defineUnlistedScript } from "wxt/utils/define-unlisted-script";
import { createMoving } from "../utils/page/moving.ts";
import type { CrmWorld } from "../utils/page/crm-page.ts";

/** Put beside `crm.js` once somebody reaches for the handle or opens the panel; see `utils/presence-calls.ts`. */
export default defineUnlistedScript(() => {
  (globalThis as CrmWorld).partylinePage?.equip(createMoving);
});
