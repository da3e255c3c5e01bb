import type { Participant } from "@partyline/contract/group";
import { displayName } from "@partyline/domain/people";
import { t } from "../../utils/text.ts";
import { Button } from "../button.tsx";
import { RecordLink } from "../people/record-link.tsx";

interface LonePersonProps {
  person: Participant;
  /** Where the CRM shows a contact; null where that is not known. */
  recordUrl: string | null;
  onOpenRecord: (url: string) => void;
  onNewGroup: () => void;
}

/** Where to answer somebody of a group who wrote outside of it: texting one person is the CRM's own business (rule R1). */
export function LonePerson({ person, recordUrl, onOpenRecord, onNewGroup }: LonePersonProps) {
  return (
    <div class="thread-closed thread-lone quiet">
      <p>{t("thread_alone", { name: displayName(person) })}</p>
      {recordUrl !== null &&
        person.contacts
          .filter(({ tag }) => tag?.kind !== "deleted")
          .map((contact) => (
            <RecordLink key={contact.id} template={recordUrl} contact={contact} onOpen={onOpenRecord} prominent />
          ))}
      <Button kind="text" onClick={onNewGroup}>
        {t("thread_group_with_others")}
      </Button>
    </div>
  );
}
