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
const MARKS = '[aria-selected="true"], [data-selected="true"], [data-state="selected"], .selected, .is-selected';
/** A row with a box of its own may be marked for being open beside the list: there the box decides. */
const ROW_ON = `:is(${MARKS}):not(:has(${BOX}))`;

/** What CRMs call the people they keep, in addresses: `/contacts/12`, `/person/view/12`, `#Lead/detail/12`. */
const PEOPLE =
  "(?:[Pp]eople|(?:[Cc]ontact|[Pp]erson|[Ll]ead|[Cc]ustomer|[Cc]lient|[Cc]andidate|[Pp]atient|[Mm]ember)(?:s|))";
/** Where people are listed, and not what one of them has, as at `/contacts/12/deals`. */
const OTHERS = "deal|task|opportunit|invoice|order|ticket|compan|account|note|file|case|event";
const PEOPLE_LISTED = `^(?:[^?#]{0,99}/|[^#]{0,60}#(?:[^?]{0,40}/|))${PEOPLE}(?:[/?#]|$)(?!(?:[^?]{0,60}/|)(?:${OTHERS}))`;
const ID = "((?=[\\w-]{0,60}\\d)[\\w-]{1,60}|[\\w-]{15,60})";
const RECORD = `^(?:[^?#]{0,99}/|[^#]{0,99}#(?:[^?]{0,40}/|))${PEOPLE}/(?:(?:view|detail|details|show|record|profile)/)?${ID}(?:[/?#]|$)`;
const PERSON_IN_QUERY = `[?&](?:module=${PEOPLE}&(?:action=DetailView&|view=Detail&|)record|(?:contact|person|lead)[_-]?[Ii]d)=${ID}(?:[&#]|$)`;
const RECORD_IN_QUERY = `[?&](?:record|record[_-]?[Ii]d|id)=${ID}(?:[&#]|$)`;
const SOME_RECORD = "^[^:]*/((?=[\\w-]{0,60}\\d[\\w-]{3})[\\w-]{4,64})(?:[?#]|$)";
const NOT_PEOPLE = (
  "compan account organi user owner deal task opportunit list tag invoice order ticket project product propert event job " +
  "case file note call message mail meeting campaign report quote contract payment"
)
  .split(" ")
  .map((word) => `[href*="${word}" i]`)
  .join(", ");

/** What can only be a person's. */
const CONTACT_ID: Sources = [
  ...["data-contact-id", "data-contactid", "data-person-id", "data-lead-id"].map((attribute) => ({ attribute })),
  { selector: "[data-contact-id]", attribute: "data-contact-id" },
  { selector: "a[href]", attribute: "href", pattern: RECORD },
  { attribute: "href", pattern: RECORD },
  { selector: "a[href]", attribute: "href", pattern: PERSON_IN_QUERY },
];

/** A person's only where people are listed: elsewhere a deal or an order may have somebody's id. */
const SOME_ID: Sources = [
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
  checked: [...ON, ROW_ON].join(", "),
};

/** Parts of a row that stand apart, such as frozen columns, say which row of the grid they are of. */
const GRID: ListSource = {
  ...COMMON,
  container: '[role="grid"], [role="treegrid"], [role="table"]',
  row: '[role="row"]:not(:has([role="columnheader"]))',
  join: { attribute: "aria-rowindex" },
  checked: [...ON, ROW_ON].join(", "),
};

/** Lists of links with boxes, or of cards with links: without links they hold words to choose from, else they are menus. */
const LIST: ListSource = {
  ...COMMON,
  container: [
    `:is([role="list"], [role="listbox"], ul, ol):has(a[href]):has(${BOX})`,
    ':is([role="list"], [role="listbox"]):has([aria-selected] a[href])',
  ].join(", "),
  row: '[role="listitem"], [role="option"], li',
  checked: [...ON, ROW_ON].join(", "),
};

/** Where people are not listed but settings, filters and menus are. */
const ELSEWHERE =
  ":is(nav, aside, header, footer, fieldset, [role='dialog'], [role='menu'], [role='search'], [role='toolbar']) *";
const BOX_ON = `:is(${ON.join(", ")}):not(${ELSEWHERE})`;
const repeated = (record: string) => `${BOX_ON}, ${record}${ROW_ON}`;

/** Anything else that repeats. */
const REPEATED: ListSource = {
  ...COMMON,
  container: "body",
  row: null,
  checked: repeated("[data-contact-id]"),
};

/** Where a page says how many are selected. */
const SAYS = '[role="status"], [aria-live], [class*="selec" i], [class*="bulk" i], [data-testid*="selec" i]';
/** No other number of the same text: `128 contacts, 3 selected`, `Page 2 of 10. 3 of 40 row(s) selected`. */
const NUMBER_SELECTED =
  "(?:^|[^\\d.,])(\\d[\\d,.]{0,5}(?: \\d\\d\\d|))(?: of [\\d,.]{1,6}(?: \\d\\d\\d|)|)(?: (?!filter|column|tag|field|file|option|no)[A-Za-z]{1,10}(?:\\(s\\)|)|)" +
  "(?: (?:is|are)|) (?:selected|S(?:elected|ELECTED))(?![a-z])";
const SELECTED_NUMBER =
  "(?:^|[^A-Za-z])(?:selected|S(?:elected|ELECTED)): ?(\\d[\\d,.]*(?: \\d\\d\\d(?!\\d)|))(?![\\d,.:/-])";

const SELECTED_ON_PAGE = "(?:^|[^\\d.,])(\\d[\\d,.]{0,9}) [a-z]{1,10} on this (?:page|screen) (?:is|are) selected";
const SELECTED_ALL = "[Ss]elected all (\\d[\\d,.]*(?: \\d\\d\\d(?!\\d)|))(?![\\d,.:/-])";
/** More than the page shows. */
const EVERYTHING = [
  "^(All (?:\\d[\\d,. ]{0,12} |)(?![a-z ]{0,60} (?:page|screen))[a-z ]{0,60}selected)",
  "^[^.]{0,30}([Ss]elected all \\d[\\d,. ]{0,12} (?![a-z ]{0,60} (?:page|screen)))",
];

const LISTS = [TABLE, GRID, LIST, REPEATED];
const LISTS_OF_PEOPLE = [TABLE, GRID, LIST, { ...REPEATED, checked: repeated(":is([data-contact-id], [data-id])") }];

/** Reads a CRM that nobody described. */
export const GENERIC: RecipeSource = {
  id: "generic",
  version: 1,
  hosts: [],
  lists: [
    ...LISTS_OF_PEOPLE.map((list) => ({ ...list, at: PEOPLE_LISTED, contactId: [...CONTACT_ID, ...SOME_ID] })),
    ...LISTS.map((list) => ({ ...list, at: `^(?!${PEOPLE_LISTED})` })),
  ],
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
  count: [NUMBER_SELECTED, SELECTED_NUMBER, SELECTED_ON_PAGE, SELECTED_ALL].map((pattern) => ({
    selector: SAYS,
    pattern,
  })),
  everything: EVERYTHING.map((pattern) => ({ selector: SAYS, pattern })),
};
