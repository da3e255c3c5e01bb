const LONGEST = 200;
/** Words that addresses are made of, and states that attributes have: nobody's data. */
const PLAIN_WORDS =
  "contact contacts person persons people lead leads customer customers client clients record records object objects " +
  "list lists view views detail details show edit new all app crm tab index table grid row cell name phone mobile email " +
  "true false mixed checked unchecked indeterminate selected on off open closed active inactive page multiple none";

/** The words that may stay as they are: the plain ones, and those that the recipe itself has. */
export function knownWords(recipe: unknown): ReadonlySet<string> {
  const words = JSON.stringify(recipe ?? "").match(/[a-z]{3,}/gi) ?? [];
  return new Set([...PLAIN_WORDS.split(" "), ...words.map((word) => word.toLowerCase())]);
}

/** What a text looks like: known words and what stands between words as they are, all else as its kind and length. */
export function shapeOf(text: string, known: ReadonlySet<string>): string {
  return text
    .slice(0, LONGEST)
    .replace(/[\p{L}\p{M}\p{N}]+|[^\x20-\x7e]/gu, (part) => (known.has(part.toLowerCase()) ? part : kindOf(part)));
}

function kindOf(part: string): string {
  if (/^\p{N}+$/u.test(part)) return `0{${part.length}}`;
  if (/^[\p{L}\p{M}]+$/u.test(part)) return `a{${part.length}}`;
  return /[\p{L}\p{N}]/u.test(part) ? `x{${part.length}}` : "?";
}

/** An address with its host, its ids, its slugs and the values of its query left out. */
export function addressShape(address: string, known: ReadonlySet<string>): string {
  const [, scheme] = /^(tel|sms|mailto|javascript|data|blob):/.exec(address) ?? [];
  if (scheme !== undefined) return `${scheme}:#`;
  const [path = "", query] = address.split("#")[0]?.split("?") ?? [];
  const hash = address.includes("#") ? `#${segments(address.slice(address.indexOf("#") + 1), known)}` : "";
  return segments(path, known) + (query === undefined ? "" : `?${queryShape(query, known)}`) + hash;
}

function segments(path: string, known: ReadonlySet<string>): string {
  const isKept = (part: string) => part === "" || part.split(/[_.-]/).every((word) => known.has(word.toLowerCase()));
  return path
    .replace(/^(?:[a-z]+:)?\/\/[^/]*/i, "")
    .split("/")
    .map((part) => (isKept(part) ? part : "#"))
    .join("/");
}

function queryShape(query: string, known: ReadonlySet<string>): string {
  return query
    .split("&")
    .map((pair) => `${shapeOf(pair.split("=")[0] ?? "", known)}=#`)
    .join("&");
}
