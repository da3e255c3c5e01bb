import { allow, refuse, type Result } from "@partyline/domain/result";
import { z } from "zod";
import { PASSWORD_LENGTH, type Provider } from "./provider.ts";

export interface NewAccount {
  name: string;
  email: string;
  /** Null for a demo user, who can sign in by the sandbox's button only. */
  password: string | null;
}

export type AccountRefusal =
  | { reason: "email_invalid" }
  | { reason: "email_taken"; authUserId: string }
  | PasswordRefusal;
export type PasswordRefusal = { reason: "password_length"; min: number; max: number };

const Email = z.email();

/** Accounts are made by whoever provisions the workspace; nobody can sign up. */
export async function createAccount(
  provider: Provider,
  { name, email, password }: NewAccount,
): Promise<Result<{ authUserId: string }, AccountRefusal>> {
  if (!Email.safeParse(email).success) return refuse({ reason: "email_invalid" });
  if (password !== null && !fits(password)) return refuse({ reason: "password_length", ...PASSWORD_LENGTH });
  const { internalAdapter, password: hasher } = await provider.$context;
  const existing = await internalAdapter.findUserByEmail(email);
  if (existing !== null) return refuse({ reason: "email_taken", authUserId: existing.user.id });
  const user = await internalAdapter.createUser({ name, email, emailVerified: true }, { method: "email-password" });
  if (password !== null) {
    await internalAdapter.linkAccount({
      userId: user.id,
      providerId: "credential",
      accountId: user.id,
      password: await hasher.hash(password),
    });
  }
  return allow({ authUserId: user.id });
}

export type ResetRefusal = { reason: "email_unknown" } | PasswordRefusal;

/** The caller ends the sign-ins made with the old password. */
export async function setPassword(
  provider: Provider,
  email: string,
  password: string,
): Promise<Result<{ authUserId: string }, ResetRefusal>> {
  if (!fits(password)) return refuse({ reason: "password_length", ...PASSWORD_LENGTH });
  const { internalAdapter, password: hasher } = await provider.$context;
  const found = await internalAdapter.findUserByEmail(email, { includeAccounts: true });
  if (found === null) return refuse({ reason: "email_unknown" });
  const userId = found.user.id;
  const hash = await hasher.hash(password);
  if (found.accounts.some(({ providerId }) => providerId === "credential")) {
    await internalAdapter.updatePassword(userId, hash);
  } else {
    await internalAdapter.linkAccount({ userId, providerId: "credential", accountId: userId, password: hash });
  }
  return allow({ authUserId: userId });
}

function fits(password: string): boolean {
  return password.length >= PASSWORD_LENGTH.min && password.length <= PASSWORD_LENGTH.max;
}
