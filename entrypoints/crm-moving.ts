import { defineUnlistedScript } from "wxt/utils/define-unlisted-script";
import { createMoving } from "../utils/page/moving.ts";
import { currentPage } from "../utils/page/crm-world.ts";

/** Put beside `crm.js` once somebody reaches for the handle or opens the panel; see `utils/presence-calls.ts`. */
export default defineUnlistedScript(() => {
  currentPage()?.equip(createMoving);
});
