import { DirectoryError } from "../directory.ts";
import type { Answer } from "../learn-contacts.ts";

/** Questions about contacts that are under way: who wants to know the same waits for the same answer. */
export class OpenQuestions {
  readonly #open = new Map<string, Promise<Answer | DirectoryError>>();

  /** Never fails for a reason that is the CRM's: that is an answer too. */
  ask(contactId: string, question: () => Promise<Answer>): Promise<Answer | DirectoryError> {
    const open =
      this.#open.get(contactId) ??
      question()
        .catch(failureOf)
        .finally(() => this.#open.delete(contactId));
    this.#open.set(contactId, open);
    return open;
  }
}

export function failureOf(error: unknown): DirectoryError {
  if (error instanceof DirectoryError) return error;
  throw error;
}
