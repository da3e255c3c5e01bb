import { computed, createModel, signal, type ReadonlySignal } from "@preact/signals";
import type { Contact } from "@partyline/contract/contact";
import { isOtherAccount, type CrmAccount } from "@partyline/domain/crm-account";
import type { E164 } from "@partyline/domain/phone-number";
import type { JoinRefusal } from "@partyline/domain/roster";
import type { CallRefusal } from "../command.ts";
import { NOTHING_SELECTED, type Selection } from "../selection.ts";
import type { StructureReport } from "../structure-report.ts";
import { lookUpRows, type SelectedPerson } from "./contact-lookup.ts";
import type { Gateway } from "./gateway.ts";
import type { NewGroupStart } from "./navigation.ts";
import { contactRefusal, joinFacts, otherPhones, phoneChoices } from "./joining.ts";

interface SelectionReason {
  key: string;
  name: string | null;
  refusal: JoinRefusal;
  /** Whether another phone of theirs could be texted. */
  hasOtherPhone: boolean;
}

export interface SelectionSummary {
  /** What the page shows as selected, whether or not it could be read. */
  selected: number;
  read: number;
  joining: Contact[];
  /** Distinct numbers among those who can join: how many would get the message. */
  participants: number;
  refused: number;
  /** Read from the page, but not in the directory, or not for this user. */
  unknown: number;
  /** Everybody read who cannot join, in page order. */
  reasons: SelectionReason[];
}

interface SelectionFacts {
  businessNumber: ReadonlySignal<E164 | null>;
  /** The CRM's account whose contacts the workspace's are; null where that is not known, or they are kept here. */
  ownAccount: ReadonlySignal<CrmAccount | null>;
}

/** The page's ticked rows, live, and who is behind them. */
export const SelectionModel = createModel((gateway: Gateway, { businessNumber, ownAccount }: SelectionFacts) => {
  const selection = signal<Selection>(NOTHING_SELECTED);
  const people = signal<SelectedPerson[]>([]);
  const resolving = signal(false);
  const refusal = signal<CallRefusal | null>(null);
  const report = signal<StructureReport | "none" | "failed">("none");
  const isElsewhere = computed(
    () => isOtherAccount(selection.value.account, ownAccount.value) || isOfOtherAccount(refusal.value),
  );
  let latest = 0;

  const take = async (next: Selection) => {
    latest += 1;
    const mine = latest;
    if (!needsReport(next)) report.value = "none";
    selection.value = next;
    // Who has one of their phones here is somebody else.
    const rows = isOtherAccount(next.account, ownAccount.peek()) ? [] : next.rows;
    resolving.value = rows.length > 0;
    const found = await lookUpRows(gateway.calls, { rows, account: next.account });
    if (mine !== latest) return;
    resolving.value = false;
    refusal.value = found.ok ? null : found.refusal;
    people.value = found.ok ? found.value : rows.map((row) => ({ row, contact: null }));
  };
  return {
    selection,
    people,
    /** The page shows the people of another account than the workspace's: nobody there is selected. */
    isElsewhere,
    /** Where the page's CRM shows a contact; another account's pages show none of ours. */
    recordUrl: computed(() => (isElsewhere.value ? null : selection.value.recordUrl)),
    resolving,
    /** Why the directory could not be asked. */
    refusal,
    take,
    /** What the page is built of, for whoever corrects its recipe. */
    report,
    async makeReport() {
      report.value = (await gateway.calls.report_page()) ?? "failed";
    },
    lookAgain: () => take(selection.value),
    /** The backend answers again. */
    async lookAgainIfRefused() {
      if (refusal.value !== null) await take(selection.value);
    },
    async lookAgainIfShown(contactIds: readonly string[]) {
      const shown = people.value.some(({ contact }) => contact !== null && contactIds.includes(contact.id));
      if (shown) await take(selection.value);
    },
    summary: computed(() =>
      isElsewhere.value
        ? summarise(NOTHING_SELECTED, [], businessNumber.value)
        : summarise(selection.value, people.value, businessNumber.value),
    ),
  };
});
export type SelectionModel = InstanceType<typeof SelectionModel>;

/** Whether nothing could be read of what is selected, by a fault of the page's recipe. */
export function needsReport({ changed, unusable }: Pick<Selection, "changed" | "unusable">): boolean {
  return changed || unusable;
}

/** The backend may know of another account sooner than this machine. */
function isOfOtherAccount(refusal: CallRefusal | null): boolean {
  return refusal?.reason === "problem" && refusal.code === "other_account";
}

function summarise(
  selection: Selection,
  people: readonly SelectedPerson[],
  businessNumber: E164 | null,
): SelectionSummary {
  const contacts = people.flatMap((person) => (person.contact === null ? [] : [person.contact]));
  const facts = joinFacts(businessNumber, contacts);
  const reasons = people.flatMap(({ row, contact, unreadable }, index) => {
    const refusal: JoinRefusal | null =
      contact === null ? { reason: unreadable ?? "unknown_contact" } : contactRefusal(contact, facts);
    return refusal === null
      ? []
      : [
          {
            key: contact?.id ?? `row ${index}`,
            name: contact?.name ?? row.name ?? row.phone,
            refusal,
            hasOtherPhone: contact !== null && otherPhones(contact, facts).length > 0,
          },
        ];
  });
  const joining = contacts.filter((contact) => contactRefusal(contact, facts) === null);
  const numbers = joining.map((contact) => phoneChoices(contact, facts)[0]);
  return {
    selected: Math.max(selection.claimed ?? 0, selection.rows.length + selection.unreadable.length),
    read: selection.rows.length,
    joining,
    participants: new Set(numbers.map((choice) => choice?.number)).size,
    refused: contacts.length - joining.length,
    unknown: people.length - contacts.length,
    reasons,
  };
}

/** The page's selection as the beginning of a group. */
export function selectionStart({ rows, account, claimed, unreadable }: Selection): NewGroupStart {
  const selected = Math.max(claimed ?? 0, rows.length + unreadable.length);
  return { rows, account, missing: selected - rows.length, businessNumberId: null, name: null, successorOf: null };
}
