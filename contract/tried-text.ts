/** No pattern is tried on more than this: with it, what a pattern can cost is bounded. */
export const LONGEST_TRIED = 300;

export function triedPart(text: string): string {
  return text.slice(0, LONGEST_TRIED);
}
