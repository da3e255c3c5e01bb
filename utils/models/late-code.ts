import { signal, type ReadonlySignal } from "@preact/signals";

/** Code that comes after the panel's first sight, which needs none of it. */
export interface LateCode<Code> {
  /** Null until it is here. */
  here: ReadonlySignal<Code | null>;
  /** Answers null where it does not come; whoever asks again, tries again. */
  load: () => Promise<Code | null>;
}

/** Whether some code did not come: that of an extension that was replaced under the open page is gone. */
export const isCodeMissing = signal(false);

export function lateCode<Code>(fetch: () => Promise<Code>): LateCode<Code> {
  const here = signal<Code | null>(null);
  let coming: Promise<Code | null> | null = null;
  const bring = async () => {
    try {
      here.value = await fetch();
    } catch {
      isCodeMissing.value = true;
      coming = null;
    }
    return here.peek();
  };
  return { here, load: () => (coming ??= bring()) };
}
