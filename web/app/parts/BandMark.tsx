import type { Band } from "../api/types";
import { bandWord } from "../words";

const FILLED: Record<Band, number> = { cold: 1, warm: 2, hot: 3 };

/** The band as a word, beside a shape of one, two or three filled steps. */
export function BandMark({ band }: { band: Band }) {
  return (
    <span class={`band band-${band}`}>
      <svg viewBox="0 0 14 12" width="14" height="12" aria-hidden="true">
        {[0, 1, 2].map((step) => (
          <rect
            key={step}
            class={step < FILLED[band] ? "step filled" : "step"}
            x={step * 5 + 0.5}
            y={8 - step * 3.5}
            width="3"
            height={3.5 + step * 3.5}
          />
        ))}
      </svg>
      {bandWord(band)}
    </span>
  );
}
