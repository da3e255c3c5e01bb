import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { lateCode } from "../utils/models/late-code.ts";

interface Later<Props> {
  View: ComponentType<Props>;
  load: () => Promise<unknown>;
}

/**
 * A view whose code comes after the panel's first sight, which needs none of it. Once loaded it draws at once, like any
 * other; who gets there before sees `Meanwhile`.
 */
export function later<Props extends object>(
  fetch: () => Promise<ComponentType<Props>>,
  Meanwhile: ComponentType = Nothing,
): Later<Props> {
  const code = lateCode(fetch);
  function View(props: Props) {
    useEffect(() => void code.load(), []);
    const Loaded = code.here.value;
    return Loaded === null ? <Meanwhile /> : <Loaded {...props} />;
  }
  return { View, load: code.load };
}

function Nothing() {
  return null;
}
