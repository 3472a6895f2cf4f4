// Finds what the page leaves to the widget: forms, notices and status parts, also those that are added later.
import { knownForms, memory } from "./forms";
import { all, emit, site, soon, url } from "./page";
import { Signal } from "./vocabulary";
import { once, signal } from "./visit";

const NOTICE = "Your enquiry is rated from your answers and pages viewed; a person decides. ";

let path = "";

/** Says that session and engine are there, or that there will be no engine. */
export let announce: () => void;

/** Settled by `announce`. */
export const ready = new Promise<void>((resolve) => (announce = resolve));

const viewed = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (isIntersecting) once(Signal.FormViewed, target as HTMLFormElement);
  }
});

/** Watches the page for as long as it is open. */
export function watch() {
  new MutationObserver(soon(scan)).observe(document, { childList: true, subtree: true });
  scan();
}

/** Looks the page over. A path that changed without a new page counts as one. */
export function scan() {
  if (path != location.pathname) signal(Signal.PageViewed, (path = location.pathname));
  for (const form of knownForms()) {
    viewed.observe(form);
    memory(form).ready ||= ready.then(() => emit(form, "ready"));
  }
  for (const notice of all("[data-assay-notice]")) {
    if (!notice.querySelector("a")) fill(notice);
  }
  for (const part of all("[data-assay-announce]")) {
    part.role = "status"; // polite by itself
  }
}

/** Says that the enquiry is rated, from what, and that a person decides; links to what the visitor can do about it. */
function fill(notice: Element) {
  const link = document.createElement("a");
  link.href = url("/privacy/" + site);
  link.target = "_blank";
  link.textContent = "Your choices";
  notice.replaceChildren(NOTICE, link);
}
