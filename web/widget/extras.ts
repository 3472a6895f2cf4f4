// What few pages use: loaded as a module of its own when a page asks for it. It keeps nothing and imports nothing that does,
// since whatever it imports would be there twice; the script hands over all that it needs.
import { answerOf, attribute, CONTROLS, type Field } from "./element";

const NOTICE = "Your enquiry is rated from your answers and pages viewed; a person decides. ";

/** Makes parts that announce a status polite, and fills in notices that have no link yet. */
export function fill(parts: Element[], site?: string) {
  for (const part of parts) {
    if (attribute(part, "announce") != null) part.role = "status"; // polite by itself
    else if (!part.querySelector("a")) notice(part, new URL("/privacy/" + site, import.meta.url).href);
  }
}

/** Says that the enquiry is rated, from what, and that a person decides; links to what the visitor can do about it. */
function notice(place: Element, href: string) {
  const link = document.createElement("a");
  link.href = href;
  link.target = "_blank";
  link.textContent = "Your choices";
  place.replaceChildren(NOTICE, link);
}

/**
 * Shows what the page keeps for a band, and hides it all without one. What holds the focus or is needed to submit is never
 * hidden, nor is what was answered: it would be sent unseen.
 */
export function show(parts: HTMLElement[], form: HTMLFormElement, name?: string, band?: string) {
  if (!band) form.removeAttribute("data-assay-band");
  for (const part of parts) {
    const target = attribute(part, "for");
    if (target ? ![name, form.getAttribute("id")].includes(target) : part.closest("form") != form) continue;
    const bound = (field: Field) =>
      field.matches(CONTROLS) && (field.required || /^(sub|ima)/.test(field.type) || (!part.hidden && answerOf(field)));
    const controls = [...part.querySelectorAll<Field>(CONTROLS), part as Field];
    part.hidden = !attribute(part, "show")!.includes(band!) && !part.matches(":focus-within") && !controls.some(bound);
  }
}
