import "./tag.css";

export function Tag({ kind, text }: { kind: "plain" | "warn" | "bad"; text: string }) {
  return <span class={kind === "plain" ? "tag" : `tag tag-${kind}`}>{text}</span>;
}
