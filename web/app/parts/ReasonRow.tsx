import { useLayoutEffect, useRef } from "preact/hooks";
import type { LiveReason } from "../state/score";
import { pointsWord } from "../words";

/** One rule's row; it lights up when its points change. */
export function ReasonRow({ id, reason: { label, points } }: { id: string; reason: LiveReason }) {
  const row = useRef<HTMLLIElement>(null);
  const before = useRef<number | undefined>(undefined);
  useLayoutEffect(() => {
    const changed = before.current !== points;
    before.current = points;
    if (!changed) return;
    row.current!.classList.add("changed");
    const settle = setTimeout(() => row.current?.classList.remove("changed"), 60);
    return () => clearTimeout(settle);
  }, [points]);
  return (
    <li ref={row} data-key={id}>
      <span class={points < 0 ? "points minus" : "points"}>{pointsWord(points)}</span>
      <span>{label || "Limits of the model"}</span>
    </li>
  );
}
