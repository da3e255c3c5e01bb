const setting = (words: string) => `<label><input type="checkbox" checked> ${words}</label>`;

const invoice = (number: string) => `<tr><td><input type="checkbox" aria-label="Select ${number}"></td>
  <td><a href="/invoices/${number}">${number}</a></td><td>$4,155,550.14</td><td>2026-11-23 10:15</td></tr>`;

/** Boxes that are on and select nobody. */
export const strangers: Readonly<Record<string, string>> = {
  "/invoices": `<h1>Invoices</h1><table><thead><tr><th></th><th>Number</th><th>Amount</th><th>Sent</th></tr></thead><tbody>
    ${["70012", "70013"].map(invoice).join("")}</tbody></table>`,
  "/settings": `<h1>Settings</h1><form>${setting("Send me a summary each morning")}${setting("Show phone numbers")}
    ${setting("Play a sound")}<p>Questions? Call <a href="tel:+18005550100">(800) 555-0100</a>.</p></form>`,
  "/filters": `<h1>Clients</h1><aside><h2>Filter</h2><ul><li>${setting("Buyers")}</li><li>${setting("Sellers")}</li>
    <li>${setting("Tenants")}</li></ul></aside><ul><li><a href="/clients/1">Dana Wu</a> (415) 555-0142</li>
    <li><a href="/clients/2">Luis Ortega</a> (628) 555-0110</li></ul>`,
};
