export type Keyword = "STOP" | "START" | "HELP";

/**
 * Telnyx's own list and nothing more: REVOKE and OPT OUT pass as ordinary texts, which is why the backend must read
 * opt-outs itself.
 */
const WORDS: Record<Keyword, readonly string[]> = {
  STOP: ["STOP", "STOPALL", "STOP ALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT"],
  START: ["START", "UNSTOP"],
  HELP: ["HELP", "INFO"],
};

const ANSWERS: Record<Keyword, string> = {
  STOP: "You are unsubscribed and will get no more messages from this number. Reply START to get them again.",
  START: "You are subscribed again and will get messages from this number. Reply STOP to end them.",
  HELP: "This number is used by a business. Reply STOP to end messages from it.",
};

/** Only a text that is the word and nothing else counts, in any case. */
export function readKeyword(text: string): Keyword | null {
  const said = text.trim().replaceAll(/\s+/g, " ").toUpperCase();
  const found = (Object.keys(WORDS) as Keyword[]).find((keyword) => WORDS[keyword].includes(said));
  return found ?? null;
}

export function carrierAnswer(keyword: Keyword): string {
  return ANSWERS[keyword];
}
