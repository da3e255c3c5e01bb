import type { RecipeSource } from "@partyline/contract/recipe";

const UUID = "([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})";
const ROW = ".table-row[data-virtualized-id]";
const LINK = 'a[href*="/object/person/"]';

/** Twenty, on whatever host somebody runs it: known by what its one document says before any script runs. */
export const TWENTY: RecipeSource = {
  id: "twenty",
  version: 1,
  hosts: [],
  signature: 'script#twenty-env-config, meta[property="og:title"][content="Twenty"]',
  lists: [
    {
      kind: "contacts",
      at: "^/objects/people(?:[/?#]|$)",
      // Each row may be wrapped in an element of its own that gives it its place.
      container: `div:has(> [id^="row-virtual-index-"]), div:has(> ${ROW})`,
      row: ROW,
      checked: 'input[type="checkbox"]:checked:not(:disabled)',
      // A column may show boxes, too.
      control: 'input[type="checkbox"]',
      contactId: [
        { attribute: "data-virtualized-id", pattern: `^${UUID}$` },
        { selector: LINK, attribute: "href", pattern: `/object/person/${UUID}` },
      ],
      name: [{ selector: LINK }],
      phone: [{ selector: 'a[href^="tel:"]', attribute: "href", pattern: "^tel:(.+)$" }],
    },
  ],
  contactPages: [
    {
      kind: "record",
      at: `^/object/person/${UUID}(?:[/?#]|$)`,
      // "People / Dana Wu 3 of 80". No phone: nothing tells the person's own from those of what belongs to them.
      name: [{ selector: '[data-testid="top-bar-title"] > div:nth-child(2)' }],
    },
  ],
  // "People -> 12 selected" in every language; with all selected it counts rows that were never loaded, too.
  count: [{ selector: '[data-testid="top-bar-title"]', pattern: "->\\s*(\\d[\\d.,\\s]{0,20})" }],
  recordLink: { to: "/object/person/{id}" },
};
