import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { Context } from "../context.ts";
import type { Member } from "../store/users.ts";
import { ProblemError } from "./problem-error.ts";

export type SendLimit = (member: Member) => Promise<void>;

/**
 * Refuses a user who sends faster than a person writes, such as a script with their token. Counted in this process: the
 * worst that several replicas make of it is several times the limit, and a send stays free of another query.
 */
export function createSendLimit({ config }: Pick<Context, "config">): SendLimit {
  const limiter = new RateLimiterMemory({ points: config.sendsPerMinute, duration: 60 });
  return async function limitSends({ workspaceId, id }) {
    try {
      await limiter.consume(`${workspaceId}:${id}`);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const retryAfter = Math.ceil(refusal.msBeforeNext / 1000);
      const detail = `The most is ${config.sendsPerMinute} messages in a minute. Send this one again in ${retryAfter} seconds.`;
      throw new ProblemError("rate_limited", { detail, retryAfter });
    }
  };
}
