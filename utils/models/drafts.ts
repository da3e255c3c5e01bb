import { createModel, effect, signal } from "@preact/signals";
import type { Gateway } from "./gateway.ts";

const SAVE_PAUSE_MS = 300;

type DraftGateway = Pick<Gateway, "replica" | "announce">;

/** The text being written for one group, kept across closing the panel and the browser. */
export const DraftModel = createModel((gateway: DraftGateway, groupId: string) => {
  const kept = keptDraft(gateway, groupId);
  const text = signal("");
  /** What the replica holds as far as is known here: a text that differs from it was written here and is nowhere else. */
  let stored = "";
  let turn = 0;

  const pause = pauseBefore(async () => {
    turn += 1;
    stored = text.peek();
    await kept.write(stored);
  });
  const follow = async () => {
    turn += 1;
    const mine = turn;
    const found = await kept.read();
    // Whoever typed meanwhile means what they typed.
    if (mine !== turn || text.peek() !== stored) return;
    stored = found;
    text.value = found;
  };
  const write = (next: string) => {
    text.value = next;
    pause.begin();
  };
  void follow();
  effect(() => () => {
    if (pause.isOn()) void pause.save();
  });
  return {
    text,
    write,
    /** Takes over what another panel wrote or sent, unless something was written here since. */
    follow,
    /** Takes out what was made of it; what was written after that meanwhile stays. */
    async clear(made = text.peek()) {
      if (text.peek().startsWith(made)) text.value = text.peek().slice(made.length);
      await pause.save();
    },
  };
});
export type DraftModel = InstanceType<typeof DraftModel>;

/** The draft as the replica has it for all panels; empty where there is none. */
function keptDraft(gateway: DraftGateway, groupId: string) {
  return {
    read: async () => (await gateway.replica.get("drafts", groupId))?.text ?? "",
    async write(text: string) {
      if (text === "") await gateway.replica.delete("drafts", groupId);
      else await gateway.replica.put("drafts", { groupId, text });
      gateway.announce({ store: "drafts", groupId });
    },
  };
}

/** So that not every letter is kept by itself. */
function pauseBefore(save: () => Promise<void>) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const saveNow = () => {
    clearTimeout(timer);
    timer = undefined;
    return save();
  };
  return {
    isOn: () => timer !== undefined,
    begin() {
      clearTimeout(timer);
      timer = setTimeout(() => void saveNow(), SAVE_PAUSE_MS);
    },
    save: saveNow,
  };
}
