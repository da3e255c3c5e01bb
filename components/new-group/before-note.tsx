import { formatPhone } from "@partyline/domain/phone-number";
import type { FrozenPerson } from "../../utils/models/frozen-person.ts";
import { listNames, t } from "../../utils/text.ts";

/** Says as what somebody stood in the group that is followed, so that nobody is texted at another number unnoticed. */
export function BeforeNote({ before }: { before: FrozenPerson | null }) {
  if (before === null) return null;
  const { name, phones } = before;
  const was = [...(name === null ? [] : [name]), ...phones.map(formatPhone)];
  return <p class="roster-row-note person-before">{t("person_before", { before: listNames(was) })}</p>;
}
