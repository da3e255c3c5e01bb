import type { BusinessNumber } from "@partyline/domain/access";
import type { Trx } from "./tenant.ts";

export interface NumberRow extends BusinessNumber {
  id: string;
  label: string | null;
}

export async function listNumbers(trx: Trx, workspaceId: string): Promise<NumberRow[]> {
  const rows = await trx
    .selectFrom("business_number")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .orderBy("is_default", "desc")
    .orderBy("number")
    .execute();
  return rows.map(toNumber);
}

/** One number, held until the transaction ends so that who may use it cannot change meanwhile. */
export async function holdNumber(trx: Trx, workspaceId: string, id: string): Promise<NumberRow | undefined> {
  const row = await trx
    .selectFrom("business_number")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .forShare()
    .executeTakeFirst();
  return row && toNumber(row);
}

interface Row {
  id: string;
  number: string;
  label: string | null;
  is_default: boolean;
  assigned_to: string | null;
  assigned_crm_user: string | null;
  connected: boolean;
  crm_released_at: Date | null;
  mms: boolean;
}

function toNumber(row: Row): NumberRow {
  return {
    id: row.id,
    number: row.number,
    label: row.label,
    isDefault: row.is_default,
    // Somebody without an account here is nobody's id, and so keeps everybody but the admins from using it (rule R11).
    assignedTo: row.assigned_to ?? row.assigned_crm_user,
    connected: row.connected,
    released: row.crm_released_at !== null,
    mms: row.mms,
  };
}
