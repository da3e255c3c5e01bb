import { DirectoryError } from "../directory.ts";

/** Questions that are under way: who wants to know the same waits for the same answer. */
export class OpenQuestions<Answer> {
  readonly #open = new Map<string, Promise<Answer | DirectoryError>>();

  /** Never fails for a reason that is the CRM's: that is an answer too. */
  ask(about: string, question: () => Promise<Answer>): Promise<Answer | DirectoryError> {
    const open =
      this.#open.get(about) ??
      question()
        .catch(failureOf)
        .finally(() => this.#open.delete(about));
    this.#open.set(about, open);
    return open;
  }
}

export function failureOf(error: unknown): DirectoryError {
  if (error instanceof DirectoryError) return error;
  throw error;
}
