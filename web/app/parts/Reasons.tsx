import type { Reason } from "../api/types";
import { pointsWord } from "../words";

/** The strongest reasons of a score, with their points. */
export function Reasons({ reasons }: { reasons: Reason[] }) {
  return (
    <ul class="reasons" aria-label="Why">
      {reasons.slice(0, 3).map(({ label, points }) => (
        <li key={label}>
          <span class={points < 0 ? "points minus" : "points"}>{pointsWord(points)}</span> {label}
        </li>
      ))}
    </ul>
  );
}
