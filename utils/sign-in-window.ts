import { browser } from "./browser.ts";
import type { SignInWindow } from "./sign-in.ts";

/** The browser's own window for signing in: the page in it cannot reach us, and we cannot reach it. */
export const SIGN_IN_WINDOW: SignInWindow = {
  get redirectUrl() {
    return browser.identity.getRedirectURL();
  },
  async open(url) {
    try {
      return await browser.identity.launchWebAuthFlow({ url, interactive: true });
    } catch {
      // The user closed the window, or the page could not be shown: browsers tell the two apart by words only.
      return null;
    }
  },
};
