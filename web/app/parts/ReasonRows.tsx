import { useRef } from "preact/hooks";
import type { LiveReason } from "../state/score";
import { useFlip } from "./flip";
import { ReasonRow } from "./ReasonRow";

/** What a score is made of, the weightiest first; rows glide to their new place. */
export function ReasonRows({ of, reasons }: { of: string; reasons: LiveReason[] }) {
  const list = useRef<HTMLOListElement>(null);
  useFlip(list);
  return (
    <ol ref={list} class="rows" aria-label={`${of}, made of`}>
      {reasons
        .toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points))
        .map((reason) => (
          <ReasonRow key={reason.rule} id={`${of}-${reason.rule}`} reason={reason} />
        ))}
    </ol>
  );
}
