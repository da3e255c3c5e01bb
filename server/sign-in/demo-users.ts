import { APIError, createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { z } from "zod";
import { isLoopback } from "./loopback.ts";

export interface DemoUser {
  email: string;
  name: string;
  /** What the button says after the name, such as "admin". */
  role: string;
}

export interface Sandbox {
  demoUsers: readonly DemoUser[];
  /** The host the listener is bound to. */
  listensOn: string;
}

/** Nobody outside this machine may sign in without a password, sandbox or not. */
export function offeredDemoUsers(sandbox: Sandbox | null): readonly DemoUser[] {
  return sandbox !== null && isLoopback(sandbox.listensOn) ? sandbox.demoUsers : [];
}

/** A better-auth plugin: signing in by name alone, for the users offered, callable in this process only. */
export function demoSignIn(offered: readonly DemoUser[]) {
  return {
    id: "demo-sign-in",
    endpoints: {
      signInAsDemoUser: createAuthEndpoint(
        "/sign-in/demo",
        {
          method: "POST",
          body: z.object({ email: z.string(), oauth_query: z.string() }),
          metadata: { SERVER_ONLY: true },
        },
        async (ctx) => {
          const { email } = ctx.body;
          const found = offered.some((demo) => demo.email === email)
            ? await ctx.context.internalAdapter.findUserByEmail(email)
            : null;
          if (found === null) throw new APIError("UNAUTHORIZED");
          const session = await ctx.context.internalAdapter.createSession(found.user.id);
          await setSessionCookie(ctx, { session, user: found.user });
          return ctx.json({});
        },
      ),
    },
  };
}
