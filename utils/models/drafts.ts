import { createModel, effect, signal } from "@preact/signals";
import type { Gateway } from "./gateway.ts";

const SAVE_PAUSE_MS = 300;

/** The text being written for one group, kept across closing the panel and the browser. */
export const DraftModel = createModel((gateway: Pick<Gateway, "replica">, groupId: string) => {
  const text = signal("");
  let touched = false;
  let pause: ReturnType<typeof setTimeout> | undefined;

  const save = async () => {
    clearTimeout(pause);
    pause = undefined;
    if (text.peek() === "") await gateway.replica.delete("drafts", groupId);
    else await gateway.replica.put("drafts", { groupId, text: text.peek() });
  };
  const load = async () => {
    const kept = await gateway.replica.get("drafts", groupId);
    // Whoever types before the draft is read means what they type.
    if (kept !== undefined && !touched) text.value = kept.text;
  };
  void load();
  effect(() => () => {
    if (pause !== undefined) void save();
  });
  return {
    text,
    write(next: string) {
      touched = true;
      text.value = next;
      clearTimeout(pause);
      pause = setTimeout(() => void save(), SAVE_PAUSE_MS);
    },
    /** Takes out what was made of it; what was written after that meanwhile stays. */
    async clear(made = text.peek()) {
      touched = true;
      if (text.peek().startsWith(made)) text.value = text.peek().slice(made.length);
      await save();
    },
  };
});
export type DraftModel = InstanceType<typeof DraftModel>;
