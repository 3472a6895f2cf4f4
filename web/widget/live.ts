// The score while the form is being filled in, and what the page shows of it.
import { engineBoot, score } from "./engine";
import { answerOf, controls, read, type Field } from "./fields";
import { formName, knownForms, memory } from "./forms";
import { all, attribute, emit } from "./page";
import { state } from "./state";
import { serverTime, visit } from "./visit";

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
    const told = JSON.stringify({ ...detail, reasons: 0 });
    if (left || !known.told) show(form, detail.band);
    if (told != known.told) {
      known.told = told;
      form.setAttribute("data-assay-band", detail.band);
      emit(form, "score", detail);
    }
  }
}

/**
 * Shows what the page keeps for a band, and hides it all without one. What holds the focus or is needed to submit is never
 * hidden, nor is what was answered: it would be sent unseen.
 */
export function show(form: HTMLFormElement, band?: string) {
  for (const part of all("[data-assay-show]")) {
    const target = attribute(part, "for");
    if (target ? ![formName(form), form.getAttribute("id")].includes(target) : part.closest("form") != form) continue;
    const bound = (field: Field) =>
      part.contains(field) && (field.required || /^(sub|ima)/.test(field.type) || (!part.hidden && answerOf(field)));
    part.hidden = !attribute(part, "show")!.includes(band!) && !part.contains(document.activeElement) && !controls().some(bound);
  }
}
