import { computed, createModel, signal, type ReadonlySignal } from "@preact/signals";
import { isOtherAccount, type CrmAccount } from "@partyline/domain/crm-account";
import type { Result } from "@partyline/domain/result";
import type { CallRefusal } from "../command.ts";
import { NOTHING_SELECTED, selectedCount, type Selection } from "../selection.ts";
import type { StructureReport } from "../structure-report.ts";
import type { SelectedPerson } from "./contact-lookup.ts";
import type { Gateway } from "./gateway.ts";
import type { OurNumbers } from "./joining.ts";
import type { NewGroupStart } from "./navigation.ts";
import { peopleCode } from "./phone-code.ts";
import type { SelectionSummary } from "./selection-summary.ts";

interface SelectionFacts {
  ourNumbers: ReadonlySignal<OurNumbers>;
  /** The CRM's account whose contacts the workspace's are; null where that is not known, or they are kept here. */
  ownAccount: ReadonlySignal<CrmAccount | null>;
}

/** The page's ticked rows, live, and who is behind them. */
export const SelectionModel = createModel((gateway: Gateway, { ourNumbers, ownAccount }: SelectionFacts) => {
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
    const found = await findPeople(gateway, { rows, account: next.account });
    if (found === null || mine !== latest) return;
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
    summary: computed(() => {
      const shown = isElsewhere.value ? NOTHING_SELECTED : selection.value;
      const found = isElsewhere.value ? [] : people.value;
      return peopleCode.here.value?.summarise(shown, found, ourNumbers.value) ?? counted(shown);
    }),
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

/** Null where what finds them did not come: then the panel says so, and how to go on. */
async function findPeople(
  { calls }: Gateway,
  ticked: Pick<Selection, "rows" | "account">,
): Promise<Result<SelectedPerson[], CallRefusal> | null> {
  if (ticked.rows.length === 0) return { ok: true, value: [] };
  const code = await peopleCode.load();
  return code && code.lookUpRows(calls, ticked);
}

/** What the page alone tells of its selection. */
function counted(selection: Selection): SelectionSummary {
  const nobody = { joining: [], participants: 0, refused: 0, unknown: 0, reasons: [] };
  return { selected: selectedCount(selection), read: selection.rows.length, ...nobody };
}

/** The page's selection as the beginning of a group. */
export function selectionStart(selection: Selection): NewGroupStart {
  const { rows, account } = selection;
  return {
    rows,
    account,
    missing: selectedCount(selection) - rows.length,
    businessNumberId: null,
    name: null,
    successorOf: null,
  };
}
