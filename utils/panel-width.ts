/** How narrow and how wide the panel may be made, in CSS pixels. */
export const NARROWEST = 320;
export const WIDEST = 480;
