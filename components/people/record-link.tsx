import "./record-link.css";
import { ExternalLink } from "lucide-preact";
import { t } from "../../utils/text.ts";

interface RecordLinkProps {
  /** Where the CRM shows a contact, with `{id}` for its id. */
  template: string;
  contact: { id: string; name: string };
  onOpen: (url: string) => void;
  /** As the one thing to do, not beside others. */
  prominent?: boolean;
}

/** A real link, so that the browser's ways to open one elsewhere work; a plain click goes to the CRM's own tab. */
export function RecordLink({ template, contact, onOpen, prominent = false }: RecordLinkProps) {
  const url = template.replace("{id}", encodeURIComponent(contact.id));
  const name = contact.name.trim() === "" ? t("person_no_name") : contact.name;
  return (
    <a
      class={prominent ? "button button-primary" : "record-link"}
      href={url}
      target="_blank"
      rel="noreferrer"
      aria-label={t("people_open_record", { name })}
      title={t("people_open_record", { name })}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        onOpen(url);
      }}
    >
      {prominent ? t("people_open_record", { name }) : t("people_record")}
      <ExternalLink size={12} aria-hidden="true" />
    </a>
  );
}
