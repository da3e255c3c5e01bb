/**
 * Every stable problem code: what a client may switch on, with its HTTP status and a title for people (RFC 9457). Apart
 * from the schemas, because the panel knows the codes and has no use for a validator.
 */
export const PROBLEMS = {
  invalid_request: { status: 400, title: "The request does not have the expected shape" },
  invalid_json: { status: 400, title: "The request body is not JSON" },
  idempotency_key_missing: { status: 400, title: "A write needs an Idempotency-Key header" },
  not_signed_in: { status: 401, title: "No access token was sent" },
  token_invalid: { status: 401, title: "The access token is not one of ours" },
  token_expired: { status: 401, title: "The access token has expired" },
  session_revoked: { status: 401, title: "This sign-in was revoked" },
  not_allowed: { status: 403, title: "This user may not do that" },
  number_not_usable: { status: 403, title: "This user may not send from that business number" },
  not_found: { status: 404, title: "There is nothing here for this user" },
  group_exists: { status: 409, title: "A group with these people and this business number exists already" },
  id_taken: { status: 409, title: "This id belongs to something else already" },
  idempotency_key_reused: { status: 409, title: "This Idempotency-Key was used for a different request" },
  group_discovered: { status: 409, title: "Nobody made this thread a group yet" },
  group_locked: { status: 409, title: "The group is locked" },
  directory_external: { status: 409, title: "The contacts of this workspace are the CRM's to change" },
  directory_built_in: { status: 409, title: "The contacts of this workspace are kept here, not in a CRM" },
  directory_not_configured: { status: 409, title: "No app of the CRM's marketplace is configured" },
  other_account: { status: 409, title: "The page belongs to another account of the CRM than this workspace" },
  directory_not_connected: { status: 409, title: "The workspace is not connected to its CRM" },
  contact_deleted: { status: 410, title: "The contact was deleted" },
  payload_too_large: { status: 413, title: "The request body is too large" },
  roster_refused: { status: 422, title: "These people cannot be one group" },
  text_refused: { status: 422, title: "This text cannot be sent" },
  send_time_refused: { status: 422, title: "The message cannot be sent at this time" },
  unknown_number: { status: 422, title: "The workspace has no such business number" },
  directory_refused: { status: 422, title: "The CRM does not accept this token for the workspace's location" },
  too_many_recipes: { status: 409, title: "The workspace keeps as many recipes as it may" },
  rate_limited: { status: 429, title: "Too many requests" },
  webhook_signature_invalid: { status: 401, title: "The webhook's signature is missing or wrong" },
  webhook_stale: { status: 401, title: "The webhook's timestamp is too old" },
  internal: { status: 500, title: "Something went wrong on our side" },
  directory_limited: { status: 503, title: "The CRM is limiting requests at the moment" },
  directory_unavailable: { status: 503, title: "The CRM cannot be asked at the moment" },
  unavailable: { status: 503, title: "The backend cannot reach its database" },
} as const;

export type ProblemCode = keyof typeof PROBLEMS;
