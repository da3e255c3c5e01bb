import "./thread-header.css";
import type { Group } from "@partyline/contract/group";
import { displayName, firstName, groupTitle } from "@partyline/domain/people";
import { formatPhone } from "@partyline/domain/phone-number";
import { Pencil, Users } from "lucide-preact";
import { Fragment } from "preact";
import { numberRefusalText } from "../../utils/models/refusal-text.ts";
import { t, tn } from "../../utils/text.ts";
import { IconButton } from "../button.tsx";
import { Header } from "../header.tsx";

interface ThreadHeaderProps {
  group: Group;
  onBack: () => void;
  onRename: () => void;
  onPeople: () => void;
}

/** All participants by name, however many lines they take: only very long names have to be scrolled. */
export function ThreadHeader({ group, onBack, onRename, onPeople }: ThreadHeaderProps) {
  const everybody = group.participants.map(displayName).join(", ");
  return (
    <>
      <Header title={groupTitle(group)} onBack={onBack}>
        <Rename refusal={group.sendRefusal} onRename={onRename} />
        <IconButton
          label={tn("thread_show_people", group.participants.length)}
          aria-haspopup="dialog"
          aria-keyshortcuts="p"
          onClick={onPeople}
        >
          <Users size={16} aria-hidden="true" />
          <span aria-hidden="true">{group.participants.length}</span>
        </IconButton>
      </Header>
      <div class="thread-people">
        <p class="quiet" title={everybody}>
          {group.participants.map((person, index) => (
            <Fragment key={person.id}>
              {index > 0 && ", "}
              <bdi dir="auto">{firstName(person)}</bdi>
            </Fragment>
          ))}
          {/* Held to the last name, so that no line begins with it. */}
          <span aria-hidden="true">{"\u00a0· "}</span>
          <span class="number" title={t("people_business")}>
            {formatPhone(group.businessNumber.number)}
          </span>
        </p>
      </div>
    </>
  );
}

/** A name is everybody's: who only reads a group (rule R11) hears here, as in place of the composer, why that is so. */
function Rename({ refusal, onRename }: { refusal: Group["sendRefusal"]; onRename: () => void }) {
  const label =
    refusal === null ? t("thread_rename") : t("thread_rename_refused", { reason: numberRefusalText(refusal, null) });
  return (
    <IconButton label={label} aria-disabled={refusal !== null} onClick={refusal === null ? onRename : undefined}>
      <Pencil size={16} aria-hidden="true" />
    </IconButton>
  );
}
