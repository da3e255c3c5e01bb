import { defineContentScript } from "wxt/utils/define-content-script";
import { startCrmPage } from "../utils/page/crm-page.ts";

export default defineContentScript({
  registration: "runtime",
  main: () => startCrmPage(),
});
