/** Shared with the tour, which plays over HighLevel's pages as well. */
const HIGHLEVEL = "../../sandbox/highlevel-page/page";

/** Where each imitated CRM lives, and the folder beside this file that holds its pages. Add a CRM by adding a line and a folder. */
export const SITES: Readonly<Record<string, string>> = {
  "https://app.gohighlevel.com": HIGHLEVEL,
  // An agency's own name over the same pages.
  "https://crm.harbor-pine.example": HIGHLEVEL,
  "https://app.hubspot.com": "hubspot",
  "https://harbor-pine.lightning.force.com": "salesforce",
  "https://acme.pipedrive.com": "pipedrive",
  "https://crm.zoho.eu": "zoho",
  // Run by whoever wants to, on any host.
  "https://people.harbor-pine.example": "twenty",
  "https://office.harbor-pine.example": "espocrm",
  // CRMs that nobody described.
  "https://some-crm.example": "generic",
};
