/** What an inbound text asks of us, if it is about consent rather than conversation (rule R13). */
export type ConsentWish = "opt_out" | "opt_in" | "help";

/** 47 CFR 64.1200(a)(10): these always count; the multi-word forms are what a reasonable person would understand. */
const OPT_OUT =
  /^(please )?(stop|stop ?all|quit|end|revoke|opt ?-?out|cancel|unsubscribe)( please| me| it| now| all| this| texting( me)?| texts?| sending.*| messag(es|ing)( me)?| contacting me| stop| quit| end| unsubscribe)*$/;
const OPT_OUT_PHRASES =
  /^(please )?(remove me( from .*)?|take me off.*|do ?n[o']?t (text|message|contact) me.*|no more (texts|messages).*|leave me alone.*|i (want|would like) to (opt out|unsubscribe|stop.*)|(stop|quit) (texting|messaging|contacting|sending).*)$/;
const OPT_IN = /^(start|unstop|opt ?-?in|subscribe)( please)?$/;
const HELP = /^(help|info)$/;

/** The consent wish of a whole text, or null for ordinary conversation ("let's stop by at 3" is not an opt-out). */
export function readConsentWish(text: string): ConsentWish | null {
  const words = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[’']/g, "'")
    .replace(/[^\p{L}\p{N}' -]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  if (OPT_OUT.test(words) || OPT_OUT_PHRASES.test(words)) return "opt_out";
  if (OPT_IN.test(words)) return "opt_in";
  return HELP.test(words) ? "help" : null;
}
