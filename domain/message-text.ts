import { allow, refuse, type Result } from "./result.ts";

/** The longest text every carrier we drive accepts in one group message, in characters (code points). */
export const TEXT_MAX = 1600;

export type TextRefusal = { reason: "empty_message" } | { reason: "text_too_long"; length: number; max: number };

/** A message says something and fits in one send. The text is returned unchanged: a person's spacing is theirs. */
export function judgeText(text: string, max: number = TEXT_MAX): Result<string, TextRefusal> {
  if (text.trim() === "") return refuse({ reason: "empty_message" });
  const length = countCharacters(text);
  if (length > max) return refuse({ reason: "text_too_long", length, max });
  return allow(text);
}

/** Code points, so that an emoji outside the basic plane counts once. */
export function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
