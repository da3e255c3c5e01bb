import "./search-field.css";
import { Search, X } from "lucide-preact";
import type { Ref } from "preact";
import { t } from "../utils/text.ts";
import { IconButton } from "./button.tsx";

interface SearchFieldProps {
  label: string;
  value: string;
  onInput: (text: string) => void;
  inputRef?: Ref<HTMLInputElement>;
}

export function SearchField({ label, value, onInput, inputRef }: SearchFieldProps) {
  return (
    <div class="search-field">
      <Search size={16} aria-hidden="true" />
      <input
        ref={inputRef ?? null}
        type="search"
        dir="auto"
        aria-label={label}
        placeholder={label}
        value={value}
        data-search
        onInput={(event) => onInput(event.currentTarget.value)}
        onKeyDown={(event) => {
          // The first Escape empties the field, the next one goes a level back.
          if (event.key !== "Escape" || value === "") return;
          event.stopPropagation();
          onInput("");
        }}
      />
      {value !== "" && (
        <IconButton label={t("search_clear")} onClick={() => onInput("")}>
          <X size={16} aria-hidden="true" />
        </IconButton>
      )}
    </div>
  );
}
