import "./add-people.css";
import type { Contact, ContactPage } from "@partyline/contract/contact";
import type { Result } from "@partyline/domain/result";
import * as combobox from "@zag-js/combobox";
import { normalizeProps, useMachine } from "@zag-js/preact";
import { UserPlus } from "lucide-preact";
import type { InputHTMLAttributes } from "preact";
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { CallRefusal } from "../../utils/command.ts";
import { foundPhone, phoneText } from "../../utils/models/found-phone.ts";
import { callRefusalText } from "../../utils/models/refusal-text.ts";
import { LOCALE, t } from "../../utils/text.ts";
import { typingCombobox } from "./typing-combobox.ts";

const PAUSE_MS = 200;

interface AddPeopleProps {
  search: (query: string) => Promise<Result<ContactPage, CallRefusal>>;
  /** Ids of the contacts that are in the list already. */
  known: ReadonlySet<string>;
  /** Whether the focus goes here when the view opens. */
  startsHere: boolean;
  onAdd: (contact: Contact) => void;
}

/** Finds people who were not ticked in the page. */
export function AddPeople({ search, known, startsHere, onAdd }: AddPeopleProps) {
  const control = useFocusAtStart(startsHere);
  const { found, query, more, note, ask, clear } = useContactSearch(search);
  const service = useMachine(typingCombobox, {
    id: useId(),
    collection: collectionOf(found, known),
    value: [],
    inputBehavior: "autohighlight",
    selectionBehavior: "clear",
    openOnClick: false,
    positioning: { placement: "bottom-start", sameWidth: true, gutter: 4 },
    onInputValueChange: ({ inputValue, reason }) => {
      if (reason === "input-change") ask(inputValue);
    },
    onSelect: ({ itemValue }) => {
      // At once: the library empties it after its next drawing, and by then the next name may have begun behind this one.
      empty(control.current);
      const contact = found.find(({ id }) => id === itemValue);
      if (contact !== undefined) onAdd(contact);
      clear();
    },
  });
  const api = combobox.connect(service, normalizeProps);
  // The library's type leaves properties undefined, which exact optional properties refuse.
  const inputProps = choosingFrom(query, api.getInputProps() as InputHTMLAttributes);
  return (
    <div {...api.getRootProps()} class="add-people">
      <UserPlus size={16} aria-hidden="true" />
      <div {...api.getControlProps()} class="add-people-control" ref={control}>
        <input {...inputProps} dir="auto" aria-label={t("add_people")} placeholder={t("add_people")} />
      </div>
      <div {...api.getPositionerProps()}>
        <ul {...api.getContentProps()} class="menu">
          {found.map((contact) => (
            <li key={contact.id} {...api.getItemProps({ item: contact })} class="menu-item">
              <Found contact={contact} query={query} isIn={known.has(contact.id)} />
            </li>
          ))}
          {found.length === 0 && <li class="menu-item quiet">{note}</li>}
          {more !== null && <More text={more} />}
        </ul>
      </div>
      <span role="status" class="visually-hidden">
        {more}
      </span>
    </div>
  );
}

function collectionOf(found: readonly Contact[], known: ReadonlySet<string>) {
  return combobox.collection({
    items: found,
    itemToValue: (contact) => contact.id,
    itemToString: (contact) => contact.name,
    isItemDisabled: (contact) => known.has(contact.id),
  });
}

/** Enter does nothing while the list is still that of what stood in the field before. */
function choosingFrom(query: string, inputProps: InputHTMLAttributes): InputHTMLAttributes {
  return {
    ...inputProps,
    onKeyDown: (event) => {
      const typed = event.currentTarget.value;
      if (event.key === "Enter" && typed !== "" && typed !== query) event.preventDefault();
      inputProps.onKeyDown?.(event);
    },
  };
}

function empty(control: HTMLElement | null): void {
  const input = control?.querySelector("input");
  if (input) input.value = "";
}

function useFocusAtStart(startsHere: boolean) {
  const control = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (startsHere) control.current?.querySelector("input")?.focus();
  }, [startsHere]);
  return control;
}

/** Nothing to choose; who listens hears it from the status. */
function More({ text }: { text: string }) {
  return (
    <li role="presentation" class="add-people-more quiet">
      {text}
    </li>
  );
}

function Found({ contact, query, isIn }: { contact: Contact; query: string; isIn: boolean }) {
  const phone = foundPhone(contact, query);
  return (
    <span class="menu-item-text">
      <bdi>{contact.name === "" ? t("person_no_name") : contact.name}</bdi>
      <span class="quiet number">
        {isIn ? t("add_people_in") : phone === null ? t("join_no_phone") : phoneText(phone)}
      </span>
    </span>
  );
}

interface Answer {
  /** What was typed for it, to the letter. */
  query: string;
  found: Contact[];
  /** That there are more than are shown; null where these are all. */
  more: string | null;
}

const NOTHING: Answer = { query: "", found: [], more: null };

function answerOf(query: string, { contacts, next, total }: ContactPage): Answer {
  const counts = { shown: contacts.length.toLocaleString(LOCALE), total: total.toLocaleString(LOCALE) };
  return { query, found: contacts, more: next === null ? null : t("add_people_more", counts) };
}

function useContactSearch(search: AddPeopleProps["search"]) {
  const [answer, setAnswer] = useState(NOTHING);
  const [note, setNote] = useState(t("add_people_hint"));
  const latest = useRef("");
  const pause = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const clear = () => {
    latest.current = "";
    clearTimeout(pause.current);
    setAnswer(NOTHING);
    setNote(t("add_people_hint"));
  };
  const ask = (query: string) => {
    if (query === "") return clear();
    latest.current = query;
    clearTimeout(pause.current);
    setNote(t("add_people_searching"));
    pause.current = setTimeout(() => void find(query), PAUSE_MS);
  };
  const find = async (query: string) => {
    const page = query.trim() === "" ? null : await search(query.trim());
    if (latest.current !== query) return;
    setAnswer(page?.ok === true ? answerOf(query, page.value) : { ...NOTHING, query });
    setNote(page === null ? t("add_people_hint") : page.ok ? t("add_people_none") : callRefusalText(page.refusal));
  };
  return { ...answer, note, ask, clear };
}
