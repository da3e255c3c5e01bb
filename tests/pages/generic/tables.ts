import { box, each, type Person } from "./people.ts";

const headings = (...titles: string[]) =>
  `<thead><tr>${titles.map((title) => `<th>${title}</th>`).join("")}</tr></thead>`;
const radix = ({ name }: Person) =>
  `<button type="button" role="checkbox" aria-checked="false" data-state="unchecked" aria-label="Select ${name}"></button>`;
const cell = (html: string | number) => `<td>${html}</td>`;

const plain = `<h1>Clients</h1><table>${headings("", "Client", "City", "Phone")}<tbody>${each(
  (one) => `<tr>${cell(box(one))}${cell(one.name)}${cell("Oakland")}${cell(one.phone)}</tr>`,
)}</tbody></table>`;

export const tables: Readonly<Record<string, string>> = {
  "/plain-table": plain,
  "/radix-boxes": `<h1>People</h1><table>${headings("", "Name", "Role")}<tbody>${each(
    (one) => `<tr>${cell(radix(one))}${cell(`<a href="/people/${one.id}">${one.name}</a>`)}${cell("Buyer")}</tr>`,
  )}</tbody></table>`,
  "/material-boxes": `<h1>People</h1><table>${headings("Name", "Mobile")}<tbody>${each(
    (one) =>
      `<tr>${cell(`<a href="/people/${one.id}/show"><span class="avatar">${box(one)}</span>${one.name}</a>`)}
       ${cell(one.phone)}</tr>`,
  )}</tbody></table>`,
  "/select-all": `<h1>Leads</h1><table>${headings('<input type="checkbox" aria-label="Select all">', "Name", "Tel.")}<tbody>${each(
    (one) => `<tr>${cell(box(one))}${cell(one.name)}${cell(`<a href="tel:${one.phone}">${one.phone}</a>`)}</tr>`,
  )}</tbody></table>`,
  "/right-to-left": `<h1>אנשי קשר</h1><table>${headings("", "שם", "טלפון")}<tbody>${each(
    (one) => `<tr>${cell(box(one))}${cell(one.name)}${cell(`<bdi dir="ltr">${one.phone}</bdi>`)}</tr>`,
  )}</tbody></table>`,
  "/data-attributes": `<h1>Contacts</h1><table>${headings("", "Name")}<tbody>${each(
    (one) => `<tr data-contact-id="c-${one.id}">${cell(box(one))}${cell(one.name)}</tr>`,
  )}</tbody></table>`,
  "/nothing-to-read": `<h1>Members</h1><table>${headings("", "Name", "City")}<tbody>${each(
    (one) => `<tr>${cell(box(one))}${cell(one.name)}${cell("Oakland")}</tr>`,
  )}</tbody></table>`,
  "/two-tables": `<h1>Tasks and contacts</h1><table id="tasks">${headings("", "Task", "Due")}<tbody>
    <tr>${cell('<input type="checkbox" aria-label="Call the bank">')}${cell("Call the bank")}${cell("Monday")}</tr>
    <tr>${cell('<input type="checkbox" aria-label="Send the keys">')}${cell("Send the keys")}${cell("Friday")}</tr>
    </tbody></table>${plain}`,
};
