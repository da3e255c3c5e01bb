interface ImportMetaEnv {
  /** The backend's origin a build starts with. */
  readonly WXT_BACKEND_URL?: string;
  /** Origins of CRM sites a build starts with, separated by commas. */
  readonly WXT_CRM_URL?: string;
}
