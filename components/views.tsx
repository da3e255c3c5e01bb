import { peopleCode, phoneCode } from "../utils/models/phone-code.ts";
import { later } from "./later.tsx";
import { loadMenu } from "./menu.tsx";
import { Skeleton } from "./skeleton.tsx";

const newGroup = later(async () => (await import("./new-group/new-group-view.tsx")).NewGroupView, Waiting);
const thread = later(async () => (await import("./thread/thread-view.tsx")).ThreadView, Waiting);
const keys = later(async () => (await import("./keys-dialog.tsx")).KeysDialog);
const place = later(async () => (await import("./home/place-dialog.tsx")).PlaceDialog);
const unsent = later(async () => (await import("./unsent-dialog.tsx")).UnsentDialog);

export const NewGroupView = newGroup.View;
export const ThreadView = thread.View;
export const KeysDialog = keys.View;
export const PlaceDialog = place.View;
export const UnsentDialog = unsent.View;

/** Everything that home does not need, so that it is there when somebody goes there. */
export async function loadViews(): Promise<void> {
  const views = [newGroup, thread, keys, place, unsent].map((one) => one.load());
  await Promise.all([...views, loadMenu(), peopleCode.load(), phoneCode.load()]);
}

function Waiting() {
  return <Skeleton />;
}
