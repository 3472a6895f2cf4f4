import { useRef } from "preact/hooks";
import type { LiveReason } from "../state/score";
import { useFlip } from "./flip";
import { ReasonRow } from "./ReasonRow";

/** The reasons of a live score, the weightiest first; rows glide to their new place. */
export function ReasonRows({ reasons }: { reasons: LiveReason[] }) {
  const list = useRef<HTMLOListElement>(null);
  useFlip(list);
  return (
    <ol ref={list} class="rows" aria-label="Reasons">
      {keyed(reasons).map(([key, reason]) => (
        <ReasonRow key={key} id={key} reason={reason} />
      ))}
    </ol>
  );
}

/** Rows by weight, each under a lasting key: a rule can stand in both dimensions. */
function keyed(reasons: LiveReason[]) {
  const seen = new Map<number, number>();
  return reasons
    .map((reason) => {
      const nth = seen.get(reason.rule) ?? 0;
      seen.set(reason.rule, nth + 1);
      return [`${reason.rule}-${nth}`, reason] as const;
    })
    .sort(([, a], [, b]) => Math.abs(b.points) - Math.abs(a.points));
}
