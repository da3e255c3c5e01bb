import { box, each } from "./people.ts";

const cell = (html: string) => `<div role="gridcell">${html}</div>`;
const heading = (title: string) => `<div role="columnheader">${title}</div>`;
const roleBox = (name: string) =>
  `<div role="checkbox" tabindex="0" aria-checked="false" aria-label="Select ${name}">▢</div>`;

/** Lists without a table: a grid by its roles, rows by nothing but their classes, cards. */
export const lists: Readonly<Record<string, string>> = {
  "/aria-grid": `<h1>Prospects</h1><div role="grid"><div role="rowgroup"><div role="row">${heading("")}${heading("Name")}
    ${heading("Mobile")}${heading("City")}</div></div><div role="rowgroup">${each(
      (one) =>
        `<div role="row" data-marked aria-selected="false">${cell(roleBox(one.name))}${cell(one.name)}${cell(one.phone)}
         ${cell("Oakland")}</div>`,
    )}</div></div>`,
  "/class-rows": `<h1>Owners</h1><div class="x-w">${each(
    (one) =>
      `<div class="x-r"><span class="x-c">${box(one)}</span><a class="x-n" href="/owners/${one.id}">${one.name}</a>
       <span class="x-p">${one.phone}</span><span>Oakland</span></div>`,
  )}</div>`,
  "/cards": `<h1>Guests</h1><div role="listbox" aria-multiselectable="true">${each(
    (one) =>
      `<div role="option" class="card" aria-selected="false" aria-label="Select ${one.name}"><span></span>
       <a href="/guests/${one.id}">${one.name}</a><span>${one.phone}</span><span>Oakland</span></div>`,
  )}</div>`,
};
