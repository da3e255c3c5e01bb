import { z } from "zod";
import { PROBLEMS, type ProblemCode } from "./problem-codes.ts";

const CODES = Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]];

/** The body of every answer that is not a success, `application/problem+json`. */
export const Problem = z
  .object({
    type: z.string().describe("A URI reference naming the code: `/problems/<code>`"),
    code: z.enum(CODES).describe("Stable; safe to switch on"),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().optional().describe("One sentence for a person: the cause and the cure"),
    requestId: z.string().optional().describe("Names this request in the backend's log"),
    errors: z
      .array(z.object({ pointer: z.string().describe("JSON Pointer into the request body"), detail: z.string() }))
      .optional(),
    refusal: z.unknown().optional().describe("The rule's own refusal, where a rule refused: `{ reason, … }`"),
    groupId: z.string().optional().describe("With `group_exists`: the group to open instead"),
    retryAfter: z.number().optional().describe("With `rate_limited` and `directory_limited`: seconds to wait"),
  })
  .meta({ id: "Problem" });
export type Problem = z.infer<typeof Problem>;
