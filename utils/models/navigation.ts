import { createModel, signal } from "@preact/signals";
import type { CrmAccount } from "@partyline/domain/crm-account";
import type { PersonRow } from "./contact-lookup.ts";
import type { UnfinishedGroup } from "./unfinished-group.ts";

/** What the new group view begins with: people of the page, or those of a group it follows. */
export interface NewGroupStart {
  rows: PersonRow[];
  /** The CRM's account whose page they were read from; null where it is not known, or they are from no page. */
  account: CrmAccount | null;
  /** How many the page shows as selected but could not be read. */
  missing: number;
  businessNumberId: string | null;
  name: string | null;
  /** The group whose people are being changed; null where the new one follows none. */
  successorOf: string | null;
}

/** A group that begins with the contact behind one number. */
export function numberStart(phone: string, account: CrmAccount | null): NewGroupStart {
  const rows = [{ contactId: null, name: null, phone }];
  return { rows, account, missing: 0, businessNumberId: null, name: null, successorOf: null };
}

export type Route =
  | { view: "home" }
  | { view: "new_group"; start: NewGroupStart; from: Route }
  | { view: "thread"; groupId: string };

const HOME: Route = { view: "home" };

/** Where the user is in the panel. */
export const Navigation = createModel(() => {
  const route = signal<Route>(HOME);
  return {
    route,
    /** The new group that was left last, to be gone on with. */
    unfinished: signal<UnfinishedGroup | null>(null),
    openThread(groupId: string) {
      route.value = { view: "thread", groupId };
    },
    openNewGroup(start: NewGroupStart) {
      route.value = { view: "new_group", start, from: route.value };
    },
    back() {
      route.value = route.value.view === "new_group" ? route.value.from : HOME;
    },
    goHome() {
      route.value = HOME;
    },
  };
});
export type Navigation = InstanceType<typeof Navigation>;
