interface ImportMetaEnv {
  /** The backend's origin a build starts with. */
  readonly WXT_BACKEND_URL?: string;
  /** Origins of CRM sites a build starts with, separated by commas. */
  readonly WXT_CRM_URL?: string;
  /** Public keys whose recipes a sandbox's build takes, separated by commas; other builds do not look at it. */
  readonly WXT_RECIPE_KEYS?: string;
  /** "1" where a build asks for the sign-in by itself when it is installed, as the sandbox's browser does. */
  readonly WXT_SIGN_IN_AT_INSTALL?: string;
}
