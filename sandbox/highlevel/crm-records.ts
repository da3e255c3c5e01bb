/** A person in the emulated CRM, as its own database would have them. */
export interface CrmContact {
  id: string;
  firstName: string;
  lastName: string;
  phone: string | null;
  additionalPhones: { phone: string; label: string | null }[];
  dnd: boolean;
  /** Do-not-disturb for SMS alone; `inactive` means texts are welcome. */
  smsStatus: "active" | "inactive" | "permanent";
  assignedTo: string | null;
  tags: string[];
}

export interface StoredContact extends CrmContact {
  deleted: boolean;
  dateUpdated: string;
}

export interface CrmUser {
  id: string;
  firstName: string;
  lastName: string;
  email: string;
  role: "admin" | "user";
  assignedDataOnly: boolean;
}

export interface CrmNumber {
  phoneNumber: string;
  friendlyName: string | null;
  type: "local" | "toll-free" | "mobile" | "national";
  isDefaultNumber: boolean;
  /** The id of the CRM's user it belongs to. */
  linkedUser: string | null;
  mms: boolean;
}
