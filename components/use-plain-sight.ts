import { useEffect, useRef, useState } from "preact/hooks";
import { watchSight, type Sight } from "../utils/models/sight.ts";

/** Does something only while the button for it is in plain sight; `hidden` says that it was not, the last time. */
export function usePlainSight(act: () => void) {
  const button = useRef<HTMLButtonElement>(null);
  const sight = useRef<Sight | null>(null);
  const waiting = useRef(false);
  const [hidden, setHidden] = useState(false);
  const latest = useRef(act);
  latest.current = act;

  useEffect(() => {
    if (button.current !== null) sight.current = watchSight(button.current);
    return () => sight.current?.end();
  }, []);

  async function actWhenSteady(watched: Sight): Promise<void> {
    if (waiting.current) return;
    waiting.current = true;
    const isSteady = await watched.isSteady();
    waiting.current = false;
    setHidden(!isSteady);
    if (isSteady) latest.current();
  }
  return {
    button,
    hidden,
    actInSight: () => {
      if (sight.current === null) latest.current();
      else void actWhenSteady(sight.current);
    },
  };
}
