import { lateCode } from "./late-code.ts";

/** What reads and judges numbers brings the numbering plans of all countries: as much as the rest of the panel. */
export const phoneCode = lateCode(async () => {
  const [{ normalisePhone }, { judgeNumber }, { joinFacts }] = await Promise.all([
    import("@partyline/domain/phone-number"),
    import("@partyline/domain/roster"),
    import("./joining.ts"),
  ]);
  return { normalisePhone, judgeNumber, joinFacts };
});

/** Finding the contacts behind a page's rows, and saying who of them can join. */
export const peopleCode = lateCode(async () => {
  const [{ lookUpRows }, { summarise }] = await Promise.all([
    import("./contact-lookup.ts"),
    import("./selection-summary.ts"),
  ]);
  return { lookUpRows, summarise };
});
