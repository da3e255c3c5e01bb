import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { createSignIn, type SignIn, type SignInConfig } from "../sign-in/sign-in.ts";
import type { DatabasePool } from "../store/pool.ts";
import { EXTENSION_REDIRECT_URI } from "./sign-in.ts";

export const DEMO_USER = { email: "ava@harborpine.example", name: "Ava Brooks", role: "admin" };
export const PERSON = { email: "dana@harborpine.example", password: "correct horse battery" };

export interface SignInServer {
  url: string;
  signIn: SignIn;
  authUserId: string;
  /** Lets this much time pass for everything that is told the time. */
  advance: (milliseconds: number) => void;
  /** Everything it logged. */
  log: string[];
  close: () => Promise<void>;
}

/** A listener on a free port that does nothing but sign people in: one with a password and one by the sandbox's button. */
export async function startSignInServer(
  { pool }: DatabasePool,
  config: Partial<SignInConfig> = {},
): Promise<SignInServer> {
  let routes: SignIn["routes"] | undefined;
  let ahead = 0;
  const log: string[] = [];
  const listener = serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: (request, env) => routes?.fetch(request, env) ?? new Response(null, { status: 503 }),
  });
  await new Promise((resolve) => listener.once("listening", resolve));
  const url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  const signIn = await createSignIn({
    pool,
    publicUrl: url,
    secret: "a secret of more than thirty-two characters",
    redirectUris: [EXTENSION_REDIRECT_URI],
    sandbox: { listensOn: "127.0.0.1", demoUsers: [DEMO_USER] },
    now: () => new Date(Date.now() + ahead),
    log: (level, message) => log.push(`${level} ${message}`),
    ...config,
  });
  ({ routes } = signIn);
  await signIn.createUser({ ...DEMO_USER, password: null });
  const person = await signIn.createUser({ name: "Dana Wu", ...PERSON });
  return {
    url,
    signIn,
    authUserId: person.ok || person.refusal.reason !== "email_taken" ? idOf(person) : person.refusal.authUserId,
    advance: (milliseconds) => (ahead += milliseconds),
    log,
    close: () => new Promise((resolve) => listener.close(() => resolve())),
  };
}

function idOf(result: Awaited<ReturnType<SignIn["createUser"]>>): string {
  if (!result.ok) throw new Error(`no account: ${result.refusal.reason}`);
  return result.value.authUserId;
}
