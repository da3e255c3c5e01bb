import { browser } from "./browser.ts";

/**
 * Forgets everything that was kept about a site. What is kept in `storage.local` about one ends its key with the site's
 * origin, such as "presence:https://crm.example.com".
 */
export async function forgetSiteData(origin: string): Promise<void> {
  const kept = Object.keys(await browser.storage.local.get());
  await browser.storage.local.remove(kept.filter((key) => key.endsWith(`:${origin}`)));
}
