// Finds what the page leaves to the widget: forms, notices and status parts, also those that are added later.
import { extra } from "./tools";
import { knownForms, memory } from "./forms";
import { all, emit, soon } from "./page";
import { once, signal } from "./visit";
import { Signal } from "./signals";

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

/** Looks the page over soon. */
export const look = soon(scan);
const changed = new MutationObserver(look);

/** Has a tree of elements looked over whenever it changes. */
export const watch = (tree: Node) => {
  changed.observe(tree, { childList: true, subtree: true });
  look();
};

/** Looks the page over. An address that changed without a new page counts as one, but for a place within the page. */
export function scan() {
  const address = location.pathname + location.hash.replace(/^#[^!/].*/, "");
  if (path != address) signal(Signal.PageViewed, (path = address));
  for (const form of knownForms()) {
    viewed.observe(form);
    memory(form).ready ||= ready.then(() => emit(form, "ready"));
  }
  const parts = all("iframe,[data-assay-notice],[data-assay-announce],[download],[href$='.pdf']");
  if (parts[0]) extra("fill", parts);
}
