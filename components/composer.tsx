import "./composer.css";
import { countCharacters } from "@partyline/domain/message-text";
import { Clock, SendHorizontal } from "lucide-preact";
import type { RefObject } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { t, tn } from "../utils/text.ts";
import { IconButton } from "./button.tsx";
import { isFocusIdle, takeFocus } from "./take-focus.ts";

/** From this many on, the characters left are counted out. */
const NEAR_LIMIT = 200;
const MAX_HEIGHT_PX = 160;

interface ComposerProps {
  text: string;
  /** Says how many will get it, before anything is sent. */
  label: string;
  max: number;
  /** Why the last attempt was refused; the text stays. */
  refusal: string | null;
  /** What it goes out as. */
  note: string;
  disabled?: boolean;
  /** Whether the focus goes here when the view opens. */
  startsHere?: boolean;
  /** The field goes away while somebody writes in it. */
  onTaken?: () => void;
  onInput: (text: string) => void;
  onSend: () => void;
  /** Absent where nothing can be sent later. */
  onLater?: () => void;
}

export function Composer(props: ComposerProps) {
  const { text, label, disabled = false } = props;
  const { refusal } = props;
  const notes = useId();
  const field = useGrowingField(text, props.startsHere ?? false);
  useTaken(field, props.onTaken);
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        if (!disabled) props.onSend();
      }}
    >
      <div class="composer-box">
        <textarea
          ref={field}
          rows={1}
          dir="auto"
          aria-label={label}
          aria-describedby={notes}
          aria-invalid={refusal !== null}
          placeholder={t("compose_placeholder", { label })}
          value={text}
          onInput={(event) => props.onInput(event.currentTarget.value)}
          onKeyDown={(event) => {
            // While an input method is composing, Enter chooses a word.
            if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            event.currentTarget.form?.requestSubmit();
          }}
        />
        {props.onLater !== undefined && (
          <IconButton label={t("schedule")} disabled={disabled} onClick={props.onLater}>
            <Clock size={16} aria-hidden="true" />
          </IconButton>
        )}
        <button
          type="submit"
          class="composer-send"
          aria-label={t("compose_send")}
          title={t("compose_hint")}
          disabled={disabled}
        >
          <SendHorizontal size={16} aria-hidden="true" />
        </button>
      </div>
      <Notes id={notes} {...props} />
    </form>
  );
}

function Notes({ id, text, max, refusal, note }: ComposerProps & { id: string }) {
  const left = max - countCharacters(text);
  return (
    <div class="composer-notes" id={id}>
      {refusal === null ? (
        <span class="quiet">{note}</span>
      ) : (
        <span class="composer-bad" role="alert">
          {refusal}
        </span>
      )}
      {refusal === null && left <= NEAR_LIMIT && <Left left={left} />}
    </div>
  );
}

function Left({ left }: { left: number }) {
  return left < 0 ? (
    <span class="composer-bad">{tn("compose_over", -left)}</span>
  ) : (
    <span class="quiet">{tn("compose_left", left)}</span>
  );
}

/** A field as tall as its text, up to a limit. */
function useGrowingField(text: string, startsHere: boolean) {
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const element = field.current;
    if (element === null) return;
    element.style.height = "auto";
    element.style.height = `${Math.min(element.scrollHeight, MAX_HEIGHT_PX)}px`;
  }, [text]);
  useLayoutEffect(() => {
    if (!startsHere) return undefined;
    return takeFocus(() => {
      if (isFocusIdle()) field.current?.focus();
    });
  }, [startsHere]);
  return field;
}

function useTaken(field: RefObject<HTMLTextAreaElement | null>, onTaken: (() => void) | undefined): void {
  const latest = useRef(onTaken);
  latest.current = onTaken;
  useLayoutEffect(() => {
    const element = field.current;
    return () => {
      if (element !== null && document.activeElement === element) latest.current?.();
    };
  }, [field]);
}
