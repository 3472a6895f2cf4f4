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
const keyed = (reasons: LiveReason[]) =>
  reasons
    .map((reason) => [`${reason.rule}-${reason.fit}`, reason] as const)
    .sort(([, a], [, b]) => Math.abs(b.points) - Math.abs(a.points));
