// Finds what the page leaves to the widget: forms, notices and status parts, also those that are added later.
import { knownForms, memory } from "./forms";
import { all, emit, extra, heard, roots, site, soon } from "./page";
import { Signal } from "./vocabulary";
import { once, signal } from "./visit";

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

const watchTree = (tree: Node) => changed.observe(tree, { childList: true, subtree: true });

/** Takes in what hides its events from the page: a frame's document or a shadow tree, if this is a new one. */
export function meet(tree: any) {
  if (!(tree?.nodeType > 8) || roots.includes(tree)) return;
  roots.push(tree);
  for (const listener of heard) tree.addEventListener(...listener);
  watchTree(tree);
  look();
}

/** Watches the page for as long as it is open. */
export function watch() {
  watchTree(document);
  scan();
}

/** Looks the page over. A path that changed without a new page counts as one. */
export function scan() {
  if (path != location.pathname) signal(Signal.PageViewed, (path = location.pathname));
  for (const frame of all<HTMLIFrameElement>("iframe")) meet(frame.contentDocument);
  for (const form of knownForms()) {
    viewed.observe(form);
    memory(form).ready ||= ready.then(() => emit(form, "ready"));
  }
  const parts = all("[data-assay-notice],[data-assay-announce]");
  if (parts[0]) extra("fill", parts, site);
}
