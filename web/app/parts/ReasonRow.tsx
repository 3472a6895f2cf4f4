import { useLayoutEffect, useRef } from "preact/hooks";
import type { LiveReason } from "../state/score";
import { pointsWord } from "../words";
import { still } from "./flip";

const GLOW: Keyframe[] = [{ backgroundColor: "var(--warm-tint)" }, {}];

/** One rule's row; it glows when its points change. */
export function ReasonRow({ id, reason: { label, points } }: { id: string; reason: LiveReason }) {
  const row = useRef<HTMLLIElement>(null);
  useLayoutEffect(() => {
    if (!still.matches) row.current!.animate(GLOW, { duration: 1400, easing: "ease-out" });
  }, [points]);
  return (
    <li ref={row} data-key={id}>
      <span class={points < 0 ? "points minus" : "points"}>{pointsWord(points)}</span>
      <span>{label || "Scores end at 0 and 100"}</span>
    </li>
  );
}
