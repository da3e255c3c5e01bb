import { LONGEST_TRIED } from "./tried-text.ts";

/** Every letter that patterns tell apart here; any other counts as all of them. The end of the text comes last. */
const LETTERS = ["\t", "\n", ...Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)), "\u00a0"];
const END = LETTERS.length;
const ALL: ReadonlySet<number> = new Set(LETTERS.keys());

/** A part of a pattern: in how many ways it can match at one place, each with a letter that it begins with. */
interface Part {
  ways: number;
  begins: ReadonlySet<number>;
  /** Whether it may match nothing, so that what follows begins it, too. */
  isEmpty: boolean;
  /** Looked at only once wherever it is tried, whatever follows. */
  isLook?: boolean;
  /** Letters of one kind: only one length of it will do where the next thing begins with another kind. */
  isRun?: boolean;
}

const NOTHING: Part = { ways: 1, begins: new Set(), isEmpty: true };
const TOKEN = /^(?:\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|[^])|\[(?:\\[^]|[^\]\\])*\]|[^])/;
const GROUP = /^\((?:\?(?:[:=!]|<[=!]|<\w+>))?/;
const REPETITION = /^(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??/;

/**
 * At most how many ways a pattern can try on the longest text before it gives up: what follows one another multiplies, of
 * alternatives those count that can begin alike. Infinite where a repetition can go through the same text in several ways.
 */
export function costOf(source: string): number {
  let rest = source;
  let isAnchored = true;

  function take(pattern: RegExp): RegExpExecArray | null {
    const found = pattern.exec(rest);
    if (found !== null) rest = rest.slice(found[0].length);
    return found;
  }

  function alternatives(isWhole: boolean): Part {
    const branches: Part[] = [];
    do {
      if (isWhole) isAnchored &&= rest.startsWith("^");
      branches.push(sequence());
    } while (take(/^\|/) !== null);
    return oneOf(branches);
  }

  function sequence(): Part {
    const parts: Part[] = [];
    while (rest !== "" && !/^[|)]/.test(rest)) parts.push(repeated(atom(), take(REPETITION)));
    return parts.reduceRight(followedBy, NOTHING);
  }

  function atom(): Part {
    const group = take(GROUP)?.[0];
    if (group === undefined) return letter(take(TOKEN)?.[0] ?? "");
    const inside = alternatives(false);
    rest = rest.slice(1);
    // What only looks ahead or back takes no letter.
    return /[=!]$/.test(group) ? { ...NOTHING, ways: inside.ways, isLook: true } : inside;
  }

  const { ways } = alternatives(true);
  return ways * (isAnchored ? 1 : LONGEST_TRIED);
}

function letter(token: string): Part {
  if (token === "$") return { ways: 1, begins: new Set([END]), isEmpty: false };
  if (/^(?:\^|\\[bB])$/.test(token)) return NOTHING;
  const one = new RegExp(`^${token}$`);
  const begins = LETTERS.flatMap((each, index) => (one.test(each) ? [index] : []));
  const isTold = begins.length > 0 && !/[^ -~]|\\[ux]/.test(token);
  return { ways: 1, begins: isTold ? new Set(begins) : ALL, isEmpty: false, isRun: true };
}

function followedBy(next: Part, part: Part): Part {
  if (next === NOTHING) return part;
  const isOnce = part.isLook ?? (part.isRun && !next.isEmpty && areApart(part, next));
  return {
    ways: isOnce ? Math.min(part.ways + next.ways, part.ways * next.ways) : part.ways * next.ways,
    begins: part.isEmpty ? new Set([...part.begins, ...next.begins]) : part.begins,
    isEmpty: part.isEmpty && next.isEmpty,
  };
}

function areApart({ begins }: Part, next: Part): boolean {
  return [...begins].every((one) => !next.begins.has(one));
}

/** Those that begin otherwise are given up at their first letter. */
function oneOf(branches: readonly Part[]): Part {
  const [only, ...others] = branches;
  if (only !== undefined && others.length === 0) return only;
  const waysAt = (at: number) =>
    branches.reduce((ways, { begins, isEmpty, ...one }) => ways + (begins.has(at) || isEmpty ? one.ways : 0), 0);
  const all = new Set(branches.flatMap(({ begins }) => [...begins]));
  return {
    ways: Math.max(1, ...[...LETTERS.keys(), END].map(waysAt)),
    begins: all,
    isEmpty: branches.some(({ isEmpty }) => isEmpty),
  };
}

function repeated(part: Part, found: RegExpExecArray | null): Part {
  if (found === null) return part;
  const [from, to] = lengthsOf(found);
  const isEmpty = part.isEmpty || from === 0;
  if (to <= 1) return { ...part, ways: part.ways + 1 - from, isEmpty };
  return { ...part, ways: part.ways > 1 || part.isEmpty ? Number.POSITIVE_INFINITY : to - from + 1, isEmpty };
}

function lengthsOf([, sign, least = "", comma, most]: RegExpExecArray): [from: number, to: number] {
  if (sign !== undefined) return [sign === "+" ? 1 : 0, sign === "?" ? 1 : LONGEST_TRIED];
  if (comma === undefined) return [upTo(least), upTo(least)];
  return [upTo(least), most === "" ? LONGEST_TRIED : upTo(most)];
}

function upTo(digits: string | undefined): number {
  return Math.min(Number(digits), LONGEST_TRIED);
}
