import { element } from "./element.ts";
import { findAllInPage, makeElement } from "./page-dom.ts";
import { keepInPage, type Keeping } from "./page-keeper.ts";

const HOST = "partyline-overlay";

const STYLE = `
:host{all:initial!important;position:fixed!important;inset:0 0 0 auto!important;width:0!important;z-index:2147483646!important;display:block!important;direction:ltr!important;unicode-bidi:normal!important;color-scheme:light dark}
:host::backdrop{display:none!important}
*{box-sizing:border-box;font:600 12px/1.3 system-ui,sans-serif}
button{cursor:pointer;border:0;color:#fff;background:#0b7285}
button:focus-visible{outline:3px solid #fff;outline-offset:-4px;box-shadow:0 0 0 2px #0b7285}
.handle{position:absolute;right:0;top:40%;width:28px;min-height:64px;padding:10px 0;border-radius:8px 0 0 8px;box-shadow:0 1px 6px #0005;display:grid;gap:6px;place-content:center;justify-items:center}
.handle:hover{background:#095c6b}
.open .handle{right:var(--width)}
.handle svg{width:16px;height:16px;fill:currentColor}
.unread{min-width:18px;padding:1px 3px;border-radius:9px;background:#fff;color:#0b5563;text-align:center}
iframe{position:absolute;inset:0 0 0 auto;width:var(--width);height:100%;border:0;box-shadow:-1px 0 10px #0003;background:Canvas;color-scheme:normal}
.bar{position:absolute;right:12px;bottom:12px;width:max-content;max-width:90vw;padding:10px 12px;border-radius:8px;background:#222;color:#fff;box-shadow:0 2px 10px #0006;display:flex;gap:12px;align-items:center}
.bar button{padding:6px 10px;border-radius:6px}
[hidden]{display:none!important}
@media (forced-colors:active){.handle,.bar{border:1px solid}}
@media print{:host{display:none!important}}
`;

/** The one node we add to a page: what is in it can neither be styled nor read by the page. */
export function mountOverlay(keeping: Keeping) {
  // Whatever an earlier life of this extension left behind.
  for (const old of findAllInPage(HOST)) old.remove();
  const host = makeElement(HOST) as HTMLElement;
  const root = element("div", {});
  root.style.setProperty("--width", "min(360px, 100vw)");
  host.attachShadow({ mode: "closed" }).append(element("style", {}, STYLE), root);
  // Outside <body>, since single-page apps wipe what they find in their own tree; some clear more than that.
  return { root, ...keepInPage(host, keeping) };
}
