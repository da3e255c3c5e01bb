import type { Group } from "@partyline/contract/group";
import type { ThreadModel } from "../../utils/models/thread-model.ts";
import { tn } from "../../utils/text.ts";
import { Button } from "../button.tsx";
import { Notice } from "../notice.tsx";

/**
 * What a lock kept from going out. Once it is lifted, nothing goes by itself: what was written before may be wrong by
 * now, so it is offered with one click.
 */
export function HeldNotice({ model, group }: { model: ThreadModel; group: Group }) {
  const count = model.held.count.value;
  if (count === 0) return null;
  if (group.lock !== null) return <Notice kind="lock">{tn("held_locked", count)}</Notice>;
  if (group.sendRefusal !== null) return null;
  return (
    <Notice
      kind="info"
      action={
        <Button kind="primary" onClick={() => void model.held.sendAll()}>
          {tn("held_send", count)}
        </Button>
      }
    >
      {tn("held_open", count)}
    </Notice>
  );
}
