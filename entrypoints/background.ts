import { defineBackground } from "wxt/utils/define-background";
import { readSettings } from "../utils/settings.ts";

export default defineBackground(() => {
  void readSettings();
});
