import type { Band } from "../api/types";
import { gradeWords } from "../words";

/** The grade's cell: solid when hot, heavily framed when warm, thinly framed when cold. */
export function Grade({ grade, band }: { grade: string; band: Band }) {
  return (
    <span class={`grade grade-${band}`} title={gradeWords(grade)}>
      <span aria-hidden="true">{grade}</span>
      <span class="unseen">
        Grade {grade}: {gradeWords(grade)}
      </span>
    </span>
  );
}
