// The forms that Assay knows, by the page's markup or by the site's settings, and what is remembered about them.
import { attribute } from "./element";
import { settings } from "./state";
import { all, emit, matches } from "./page";
import { KINDS } from "./vocabulary";

const MEMORY = Symbol();

/** What is remembered about a form, or about the page, while it is open. */
export const memory = (of: { [MEMORY]?: Record<string, unknown> } & object) => (of[MEMORY] ||= {});

/** The name of a form, or nothing for one that is none of our business. */
export const formName = (form: Element) =>
  attribute(form, "form") ||
  Object.keys(settings.forms).find((name) => {
    try {
      return matches(form, settings.forms[name].selector!);
    } catch {
      // one that this browser does not know
    }
  });

/** The number of a form's kind: the site's settings outrank the page. */
export const formKind = (form: Element) =>
  Math.max(0, KINDS.indexOf(settings.forms[formName(form)!]?.kind || attribute(form, "kind")!));

/** The forms on the page that Assay knows, as the page is now. */
export const knownForms = () => all<HTMLFormElement>("form").filter(formName);

/** Tells forms that something went wrong. What the visitor does is never in the way of it. */
export const fail = (during: string, cause: unknown, forms = knownForms()) =>
  forms.forEach((form) => emit(form, "error", { during, cause }));
