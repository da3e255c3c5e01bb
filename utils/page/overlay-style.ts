/**
 * `--at` and `--width` are set from the site's presence. What is as wide as `--width`, or beside it, is fixed: only then is
 * its 100 % the window without its scrollbars. The host is just as large, since a page that animates it makes it what
 * fixed things are placed in; it is hidden, so that it lies over nothing of the page's. The handle's bubble is a shape of its
 * styles: drawn as an SVG, it alone would take a tenth of a closed panel's memory.
 */
export const STYLE = `
:host{all:initial!important;position:fixed!important;inset:0!important;visibility:hidden!important;z-index:2147483646!important;display:block!important;direction:ltr!important;unicode-bidi:normal!important;color-scheme:light dark}
:host::backdrop{display:none!important}
*{box-sizing:border-box;font:600 12px/1.3 system-ui,sans-serif}
div{visibility:visible;--r:8px 0 0 8px;--out:left;position:fixed;inset:0 0 0 auto}
.left{inset:0 auto 0 0;--r:0 8px 8px 0;--out:right}
button{cursor:pointer;border:0;color:#fff;background:#0b7285}
:focus-visible{outline:3px solid #fff;outline-offset:-4px;box-shadow:0 0 0 2px #0b7285}
.handle{position:fixed;right:0;top:calc((100% - 48px)*var(--at));width:28px;height:48px;padding:0;border-radius:var(--r);box-shadow:0 1px 6px #0005;display:grid;gap:3px;place-content:center;justify-items:center;touch-action:none}
.left .handle{right:auto;left:0}
.handle:hover{background:#095c6b}
.open .handle{right:var(--width)}
.open.left .handle{left:var(--width)}
.handle::before{content:"";width:16px;height:16px;background:currentColor;forced-color-adjust:none;clip-path:path("M2.7.7h10.6a2 2 0 0 1 2 2V10a2 2 0 0 1-2 2H8l-4 3.3V12H2.7a2 2 0 0 1-2-2V2.7a2 2 0 0 1 2-2z")}
.unread{min-width:18px;padding:1px 3px;border-radius:9px;background:#fff;color:#0b5563;text-align:center;font-size:11px}
iframe{position:fixed;inset:0 0 0 auto;width:var(--width);height:100%;border:0;box-shadow:0 0 10px #0003,0 0 0 1px #8886;background:Canvas;color-scheme:normal}
.left iframe{inset:0 auto 0 0}
.bar{position:absolute;inset:auto 12px 12px auto;width:max-content;max-width:90vw;padding:10px 12px;border-radius:8px;background:#222;color:#fff;box-shadow:0 2px 10px #0006;display:flex;gap:12px;align-items:center}
.bar button{padding:6px 10px;border-radius:6px}
[hidden],.bare .handle{display:none!important}
@media (forced-colors:active){.handle,.bar{border:1px solid}iframe{outline:1px solid CanvasText}.handle::before{background:ButtonText}}
@media print{:host{display:none!important}}
`;
