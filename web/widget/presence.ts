// Tells the site's people that a visitor is on a form now, where the site wants to know: a beat while the page is in sight.
// It carries the visit and nothing that was entered; it is kept nowhere and never sent again.
import { post, report } from "./report";
import { Signal } from "./signals";
import type { Tools } from "./tools";

/** Milliseconds from one look to the next: the server takes a beat in 5 s, and half a second is for the way there. */
const LOOK = 5500;
/** Looks after which a beat says that somebody is still there: the server forgets who is quiet for 30 s. */
const STAY = 3;
/** Milliseconds after the first beat that there are any on one page. */
const MOST = 18e5;

/** Whether another tab took back what is kept: the record is gone, or holds an objection alone. No record can be read where none is allowed. */
function takenBack(site: string) {
  try {
    const record = localStorage.getItem("assay." + site);
    return !record || JSON.parse(record).objected;
  } catch {
    return false;
  }
}

/** Beats from the start of a form to its submit or the end of the page, while consent stands. */
export function begin(tools: Tools) {
  const [site, , , , , , memory, , knownForms, , , , visit, allowed] = tools;
  let began = 0;
  let quiet = STAY;
  let told = 0;
  const clock = setInterval(async () => {
    const form = knownForms().find((form) => memory(form)[Signal.FormStarted] && !memory(form)[Signal.FormAbandoned]);
    const current = visit();
    quiet++;
    if (!form || !current || document.hidden || !allowed()) return;
    if (takenBack(site!)) return clearInterval(clock);
    const { pairs } = current;
    if (quiet < STAY && told == pairs.length) return;
    const now = Date.now();
    began ||= now;
    if (now - began > MOST) return clearInterval(clock);
    quiet = 0;
    told = pairs.length;
    try {
      const { status } = await post(report(tools, "live", form, current));
      // What is refused now is refused later; a server that is busy, or not there, has the next beat.
      if (status >= 400 && status < 500 && status != 429) clearInterval(clock);
    } catch {
      // offline, or blocked
    }
  }, LOOK);
}
