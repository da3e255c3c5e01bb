import type { Migration } from "kysely/migration";
import * as roles from "./0000-roles.ts";
import * as groups from "./0001-groups.ts";
import * as signIn from "./0002-sign-in.ts";
import * as directory from "./0003-directory.ts";
import * as timelineCopies from "./0004-timeline-copies.ts";
import * as recipes from "./0005-recipes.ts";
import * as leaving from "./0006-leaving.ts";
import * as boundedSearch from "./0007-bounded-search.ts";
import * as searchByGroups from "./0008-search-by-groups.ts";
import * as repliedGroups from "./0009-replied-groups.ts";
import * as crmEnds from "./0010-crm-ends.ts";
import * as foldedNames from "./0011-folded-names.ts";
import * as nearestGroups from "./0012-nearest-groups.ts";
import * as foldedGroups from "./0013-folded-groups.ts";
import * as doNotDisturbSince from "./0014-do-not-disturb-since.ts";
import * as doNotDisturbByNumber from "./0015-do-not-disturb-by-number.ts";
import * as optOutConfirmations from "./0016-opt-out-confirmations.ts";
import * as releasedNumbers from "./0017-released-numbers.ts";
import * as scheduledMessages from "./0018-scheduled-messages.ts";

/** Applied in the order of their names. A migration that has been released is never changed. */
export const migrations: Record<string, Migration> = {
  "0000-roles": roles,
  "0001-groups": groups,
  "0002-sign-in": signIn,
  "0003-directory": directory,
  "0004-timeline-copies": timelineCopies,
  "0005-recipes": recipes,
  "0006-leaving": leaving,
  "0007-bounded-search": boundedSearch,
  "0008-search-by-groups": searchByGroups,
  "0009-replied-groups": repliedGroups,
  "0010-crm-ends": crmEnds,
  "0011-folded-names": foldedNames,
  "0012-nearest-groups": nearestGroups,
  "0013-folded-groups": foldedGroups,
  "0014-do-not-disturb-since": doNotDisturbSince,
  "0015-do-not-disturb-by-number": doNotDisturbByNumber,
  "0016-opt-out-confirmations": optOutConfirmations,
  "0017-released-numbers": releasedNumbers,
  "0018-scheduled-messages": scheduledMessages,
};
