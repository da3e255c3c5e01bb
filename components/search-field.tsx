import "./search-field.css";
import { Search, X } from "lucide-preact";
import { t } from "../utils/text.ts";
import { IconButton } from "./button.tsx";

interface SearchFieldProps {
  label: string;
  value: string;
  onInput: (text: string) => void;
  /** Whether a dialog around it begins here. */
  startsHere?: boolean;
}

export function SearchField({ label, value, onInput, startsHere = false }: SearchFieldProps) {
  return (
    <div class="search-field">
      <Search size={16} aria-hidden="true" />
      <input
        type="search"
        dir="auto"
        aria-label={label}
        placeholder={label}
        value={value}
        data-search
        data-autofocus={startsHere ? "" : undefined}
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
