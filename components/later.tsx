import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";

interface Later<Props> {
  View: ComponentType<Props>;
  load: () => Promise<void>;
}

/**
 * A view whose code comes after the panel's first sight, which needs none of it. Once loaded it draws at once, like any
 * other; who gets there before sees `Meanwhile`.
 */
export function later<Props extends object>(
  fetch: () => Promise<ComponentType<Props>>,
  Meanwhile: ComponentType = Nothing,
): Later<Props> {
  let Loaded: ComponentType<Props> | null = null;
  const load = async () => {
    Loaded ??= await fetch();
  };
  function View(props: Props) {
    const [, redraw] = useState(false);
    useEffect(() => {
      if (Loaded === null) void load().then(() => redraw(true));
    }, []);
    return Loaded === null ? <Meanwhile /> : <Loaded {...props} />;
  }
  return { View, load };
}

function Nothing() {
  return null;
}
