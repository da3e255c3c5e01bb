import type { ColumnType, Generated } from "kysely";

type Time = ColumnType<Date, Date, Date>;

interface DirectorySettingTable {
  workspace_id: string;
  kind: "highlevel";
  location_id: string;
  timeline_copies: boolean;
  /** Since then the CRM, and not the workspace file, says who may do what. */
  people_synced_at: Time | null;
}

interface DirectoryConnectionTable {
  workspace_id: string;
  kind: "oauth" | "private_token";
  /** `broken` when the CRM takes neither token any longer. */
  state: "connected" | "broken";
  /** The CRM refuses not the token but the app that renews it: an operator's matter, after which all is well again. */
  trouble: Generated<"app_refused" | null>;
  /** Tokens are sealed before they get here. */
  access_token: string;
  refresh_token: string | null;
  access_expires_at: Time | null;
  /** Who is getting a new pair at this moment, and until when others wait for it. */
  refreshing_by: string | null;
  refreshing_until: Time | null;
  connected_at: Time;
  connected_by: string;
}

interface DirectoryAuthorizationTable {
  workspace_id: string;
  state_digest: string;
  user_id: string;
  expires_at: Time;
}

interface DirectoryContactTable {
  workspace_id: string;
  contact_id: string;
  asked_at: Time | null;
  /** When a webhook told of a change that nobody could look at. */
  told_at: Generated<Date | null>;
}

interface TimelineCopyTable {
  workspace_id: string;
  message_id: string;
  contact_id: string;
  /** `writing` while the CRM is asked, and for good where that was cut short. */
  state: "writing" | "written" | "refused";
}

/** The tables of a directory outside. */
export interface DirectoryTables {
  directory_setting: DirectorySettingTable;
  directory_connection: DirectoryConnectionTable;
  directory_authorization: DirectoryAuthorizationTable;
  directory_contact: DirectoryContactTable;
  timeline_copy: TimelineCopyTable;
}
