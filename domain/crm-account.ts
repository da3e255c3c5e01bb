/** One account of one CRM, such as a location of HighLevel's: a workspace's contacts are those of one. */
export interface CrmAccount {
  /** The CRM it is an account of. */
  crm: string;
  /** The CRM's own id of it. */
  id: string;
}

/**
 * Whether a page shows the people of another account than the workspace's, in the same CRM: their ids mean nobody here,
 * and who has one of their phones here is somebody else's contact. Where either is unknown, nobody can tell.
 */
export function isOtherAccount(page: CrmAccount | null | undefined, own: CrmAccount | null | undefined): boolean {
  if (!page || !own) return false;
  return page.crm === own.crm && page.id !== own.id;
}
