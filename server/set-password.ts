import { createInterface } from "node:readline/promises";
import { readConfig } from "./config.ts";
import { createSignIn } from "./sign-in/sign-in.ts";
import { migrate } from "./store/migrate.ts";
import { openPool } from "./store/pool.ts";

/**
 * `npm run set-password -- EMAIL`: gives somebody a new password, read from the terminal, and ends all their sign-ins.
 * With the embedded database the backend must be stopped meanwhile.
 */
async function setPassword(email: string | undefined): Promise<string> {
  if (email === undefined) throw new Error("Whose? Name the account: npm run set-password -- somebody@example.com");
  const config = readConfig(process.env);
  const password = await ask(`New password for ${email}: `);
  const { databaseUrl, dataFolder } = config;
  const database = await openPool({ databaseUrl, dataFolder, onError: (error) => console.error(error.message) });
  try {
    await migrate(database);
    const { pool } = database;
    const { publicUrl, secret, extensionRedirects: redirectUris } = config;
    const signIn = await createSignIn({
      pool,
      publicUrl,
      secret,
      redirectUris,
      sandbox: null,
      now: readClock,
      log: complain,
    });
    const result = await signIn.resetPassword(email, password);
    if (result.ok) return `${email} has a new password, and is signed out everywhere.`;
    if (result.refusal.reason === "email_unknown") throw new Error(`There is no account with the address ${email}.`);
    const { min, max } = result.refusal;
    throw new Error(`A password has ${min} to ${max} characters. Nothing was changed.`);
  } finally {
    await database.close();
  }
}

function readClock(): Date {
  return new Date();
}

function complain(_level: string, message: string): void {
  console.error(message);
}

async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(question);
  terminal.close();
  return answer;
}

try {
  console.log(await setPassword(process.argv[2]));
} catch (error) {
  // Each failure has a sentence of its own.
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
