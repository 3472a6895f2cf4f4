// The address bar, as state.
import { signal } from "@preact/signals";

const current = () => location.pathname.replace(/(.)\/$/, "$1");

/** The path of the screen that is shown. */
export const path = signal(current());

addEventListener("popstate", () => (path.value = current()));

/** Shows another screen. `replace` leaves no step to go back to. */
export function go(to: string, replace = false) {
  if (to === path.value) return;
  history[replace ? "replaceState" : "pushState"](null, "", to);
  path.value = current();
  scrollTo(0, 0);
}

/** Plain links between screens change the screen without loading the page again. */
export function takeLinks(paths: string[]) {
  addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const modified = event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (!link || modified || link.target || link.origin !== location.origin || !paths.includes(link.pathname)) return;
    event.preventDefault();
    go(link.pathname);
  });
}
