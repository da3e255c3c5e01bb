import "./skeleton.css";
import { t } from "../utils/text.ts";

/** Shown by its style sheet only after 200 ms: what is there sooner should not flicker. */
export function Skeleton({ lines = 3 }: { lines?: number }) {
  return (
    <div class="skeleton" role="status" aria-label={t("loading")}>
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} />
      ))}
    </div>
  );
}
