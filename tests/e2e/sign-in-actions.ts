import type { Worker } from "@playwright/test";

interface Tokens {
  accessToken: string;
  expiresAt: number;
}

/** Reads the extension's tokens where it keeps them, and stores them again with these changes. */
function touchTokens(worker: Worker, changes: Partial<Tokens>): Promise<Tokens> {
  return worker.evaluate(async (changes) => {
    const vault = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open("partyline-vault");
      opening.onsuccess = () => resolve(opening.result);
    });
    const store = vault.transaction("tokens", "readwrite").objectStore("tokens");
    const tokens = await new Promise<Tokens>((resolve) => {
      const reading = store.get("current");
      reading.onsuccess = () => resolve(reading.result as Tokens);
    });
    await new Promise((resolve) => {
      store.put({ ...tokens, ...changes }, "current").onsuccess = resolve;
    });
    vault.close();
    return tokens;
  }, changes);
}

export async function readAccessToken(worker: Worker): Promise<string> {
  return (await touchTokens(worker, {})).accessToken;
}

/** As it is ten minutes after a sign-in: the token's time is over. */
export async function ageAccessToken(worker: Worker): Promise<void> {
  await touchTokens(worker, { expiresAt: Date.now() - 1000 });
}

/** Ends the sign-in at the backend, as an administrator or another device would, behind the extension's back. */
export async function endSignIn(worker: Worker, backendUrl: string): Promise<void> {
  const authorization = `Bearer ${await readAccessToken(worker)}`;
  const answer = await fetch(`${backendUrl}/v1/session`, { method: "DELETE", headers: { authorization } });
  if (answer.status !== 204) throw new Error(`the sign-in could not be ended: ${await answer.text()}`);
}
