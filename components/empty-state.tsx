import "./empty-state.css";
import type { ComponentChildren } from "preact";

/** Nothing to show: says so, and what to do next. */
export function EmptyState(props: { title: string; hint?: string; children?: ComponentChildren }) {
  return (
    <div class="empty-state">
      <h2>{props.title}</h2>
      {props.hint !== undefined && <p>{props.hint}</p>}
      {props.children}
    </div>
  );
}
