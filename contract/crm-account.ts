import { z } from "zod";

/** Of a CRM whose addresses name it: a location of HighLevel's, for one. */
export const CrmAccount = z
  .object({
    crm: z.string().regex(/^[a-z0-9-]{1,60}$/),
    id: z.string().min(1).max(128).describe("The CRM's own id of the account"),
  })
  .meta({ id: "CrmAccount" });
