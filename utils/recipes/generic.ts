import type { ListSource, RecipeSource } from "@partyline/contract/recipe";

type Sources = NonNullable<ListSource["phone"]>;

/** What ticks a row: a native box, an ARIA one, or one that is drawn by styles alone. */
const NO_BOX = ':not([role="switch"], [role="radio"], [role="tab"])';
const BOX = `input[type="checkbox"], [role="checkbox"], [data-state="checked"]${NO_BOX}, [data-state="unchecked"]${NO_BOX}`;
const ON = [
  'input[type="checkbox"]:checked',
  '[role="checkbox"][aria-checked="true"]',
  `[data-state="checked"]${NO_BOX}`,
];
const ROW_ON = [
  '[aria-selected="true"]',
  '[data-selected="true"]',
  '[data-state="selected"]',
  ".selected",
  ".is-selected",
];

/** What CRMs call the people they keep, in addresses: `/contacts/12`, `/person/view/12`, `#Lead/detail/12`. */
const PEOPLE =
  "(?:[Cc]ontact|[Pp]eople|[Pp]erson|[Ll]ead|[Cc]ustomer|[Cc]lient|[Cc]andidate|[Pp]atient|[Mm]ember)[a-z]*";
const ID = "([\\w-]*\\d[\\w-]*|[\\w-]{15,60})";
const RECORD = `[/#]${PEOPLE}/(?:(?:view|detail|details|show|record|profile)/)?${ID}(?:[/?#]|$)`;
const RECORD_IN_QUERY = `[?&](?:record|(?:contact|person|lead|record)[_-]?[Ii]d|id)=${ID}(?:[&#]|$)`;
const SOME_RECORD = "^[^:]*/([\\w-]*\\d[\\w-]{3,60})(?:[?#]|$)";
const NOT_PEOPLE = (
  "compan account organi user owner deal task opportunit list tag invoice order ticket project product propert event job " +
  "case file note call message mail meeting campaign report quote contract payment"
)
  .split(" ")
  .map((word) => `[href*="${word}" i]`)
  .join(", ");

const CONTACT_ID: Sources = [
  ...["data-contact-id", "data-contactid", "data-person-id", "data-lead-id"].map((attribute) => ({ attribute })),
  { selector: "[data-contact-id]", attribute: "data-contact-id" },
  { selector: "a[href]", attribute: "href", pattern: RECORD },
  { attribute: "href", pattern: RECORD },
  { selector: `a[href]:not(${NOT_PEOPLE})`, attribute: "href", pattern: RECORD_IN_QUERY },
  ...["data-record-id", "data-recordid", "data-entity-id", "data-object-id", "data-id"].map((attribute) => ({
    attribute,
  })),
  { selector: "input[data-id]", attribute: "data-id" },
  // As long as no place in the list is.
  { selector: 'input[type="checkbox"]', attribute: "value", pattern: "^([\\w-]*\\d[\\w-]{3,60})$" },
  ...["data-row-key", "data-row-id", "row-id"].map((attribute) => ({
    attribute,
    pattern: "^([\\w-]*\\d[\\w-]{3,60})$",
  })),
  { selector: `a[href]:not(${NOT_PEOPLE})`, attribute: "href", pattern: SOME_RECORD },
  { attribute: "href", pattern: SOME_RECORD },
];

const NAME: Sources = [
  { selector: 'a[href*="contact"], a[href*="people"], a[href*="person"], a[href*="lead"]' },
  { selector: '[class*="name" i], [data-field*="name" i]' },
  { selector: 'th[scope="row"], [role="rowheader"], h2, h3, h4, strong' },
  { selector: "a[href]" },
  { selector: "[aria-label]", attribute: "aria-label", pattern: "^(?:Select|Choose|Pick) (?:row |contact )?(\\D+)$" },
];

/** With what separates its parts, so that no other number is taken for one. */
const AMERICAN = "1?[ .-]?\\(?[2-9]\\d\\d[).-]? ?\\d\\d\\d[ .-]\\d\\d\\d\\d";
const INTERNATIONAL = "\\+\\d[\\d ().-]{7,20}";
const FIELD = ["class", "data-field", "data-label", "data-title", "data-column", "col-id", "data-testid"]
  .map((attribute) => `[${attribute}*="phone" i], [${attribute}*="mobile" i]`)
  .join(", ");
const LEAF = "td, [role='cell'], [role='gridcell'], :not(:has(*))";

const PHONE: Sources = [
  { selector: 'a[href^="tel:"]', attribute: "href", pattern: "^tel:(.+)$" },
  { attribute: "data-phone" },
  { selector: "[data-phone]", attribute: "data-phone" },
  { selector: FIELD, pattern: "([+(]?\\d[\\d ().-]{5,20}\\d)" },
  { selector: LEAF, pattern: `^[^\\d+]{0,12}(${INTERNATIONAL})$` },
  { selector: LEAF, pattern: `^[^\\d(+]{0,12}(${AMERICAN})$` },
  // In one text with other things: nothing that a neighbour's digit may belong to.
  { pattern: "(?:^|[^\\d+.-])(\\(?[2-9]\\d\\d[).-] ?\\d\\d\\d[ .-]\\d\\d\\d\\d)(?!\\d)" },
];

const COMMON = {
  kind: "contacts",
  control: BOX,
  contactId: CONTACT_ID,
  name: NAME,
  phone: PHONE,
  columns: {
    name: "^(?:full |contact |client |customer |lead |person )?(?:name|contact|client|customer|lead|person)(?:\\W|$)",
    phone: "(?:^|\\W)(?:phone|telephone|mobile|cell|tel|sms)(?:\\W|$)",
  },
} satisfies Partial<ListSource>;

const TABLE: ListSource = {
  ...COMMON,
  container: `table:has(${BOX}, tr[aria-selected], tr[data-selected], tr[data-state], tr.selected, tr.is-selected)`,
  row: "tr:not(thead > tr, :has(> th + th))",
  checked: [...ON, ...ROW_ON].join(", "),
};

/** Parts of a row that stand apart, such as frozen columns, say which row of the grid they are of. */
const GRID: ListSource = {
  ...COMMON,
  container: '[role="grid"], [role="treegrid"], [role="table"]',
  row: '[role="row"]:not(:has([role="columnheader"]))',
  join: { attribute: "aria-rowindex" },
  checked: [...ON, ...ROW_ON].join(", "),
};

/** Lists of links with boxes, or of cards with links: without links they hold words to choose from, else they are menus. */
const LIST: ListSource = {
  ...COMMON,
  container: [
    `:is([role="list"], [role="listbox"], ul, ol):has(a[href]):has(${BOX})`,
    ':is([role="list"], [role="listbox"]):has([aria-selected] a[href])',
  ].join(", "),
  row: '[role="listitem"], [role="option"], li',
  checked: [...ON, ...ROW_ON].join(", "),
};

/** Where people are not listed but settings, filters and menus are. */
const ELSEWHERE =
  ":is(nav, aside, header, footer, fieldset, [role='dialog'], [role='menu'], [role='search'], [role='toolbar']) *";
const RECORD_ON = ROW_ON.flatMap((on) => [`[data-id]${on}`, `[data-contact-id]${on}`]);

/** Anything else that repeats. */
const REPEATED: ListSource = {
  ...COMMON,
  container: "body",
  row: null,
  checked: `:is(${ON.join(", ")}):not(${ELSEWHERE}), ${RECORD_ON.join(", ")}`,
};

/** Reads a CRM that nobody described. */
export const GENERIC: RecipeSource = {
  id: "generic",
  version: 1,
  hosts: [],
  lists: [TABLE, GRID, LIST, REPEATED],
  contactPages: [
    {
      kind: "record",
      at: RECORD,
      name: [{ selector: "h1" }],
      phone: ["main a", "a:not(header *, footer *, nav *)"].map((link) => ({
        selector: `${link}[href^="tel:"]`,
        attribute: "href",
        pattern: "^tel:(.+)$",
      })),
    },
  ],
  count: [
    {
      selector: '[role="status"], [aria-live], [class*="selec" i], [class*="bulk" i], [data-testid*="selec" i]',
      pattern: "(?:^|\\D )(\\d[\\d,.]*) [a-z0-9,. ]{0,30}selected",
    },
  ],
  everything: [
    {
      selector: '[role="status"], [aria-live], [class*="selec" i], [class*="bulk" i], [data-testid*="selec" i]',
      pattern: "(^All [\\d,.]+ [a-z ]*selected)",
    },
  ],
};
