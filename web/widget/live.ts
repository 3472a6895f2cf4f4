// The score while the form is being filled in, and what the page shows of it.
import { state } from "./state";
import { extra } from "./tools";
import { read } from "./fields";
import { knownForms, memory } from "./forms";
import { engineBoot, score } from "./engine";
import { serverTime, visit } from "./visit";
import { all, emit } from "./page";

/** The mask of form kinds submitted on this page. */
let submitted = 0;

/** Counts a submitted form's kind for the live score. */
export const countSubmit = (mask: number) => (submitted |= mask);

/**
 * Scores every form and tells the page what changed. Parts of the page are shown or hidden only when a field
 * was left, or with the first score.
 */
export function rescore(left: boolean) {
  if (!engineBoot || !visit() || state.objected) return;
  for (const form of knownForms()) {
    const known = memory(form);
    const detail = score(state.visits, read(form).profile, submitted, serverTime());
    const told = JSON.stringify(detail);
    if (left || !known.told) show(form, detail.band);
    if (told != known.told) {
      known.told = told;
      form.setAttribute("data-assay-band", detail.band);
      emit(form, "score", detail);
    }
  }
}

/** Has the parts of the page that are kept for a band shown, and those for others hidden; without one, all of them and the band. */
export function show(form: HTMLFormElement, band?: string) {
  if (!band || all("[data-assay-show]")[0]) extra("show", form, band);
}
