// Tells the site's people that a visitor is on a form now, where the site wants to know: a beat while the page is in sight.
// It carries the visit and nothing that was entered; it is kept nowhere and never sent again.
import { serverNow } from "./clock";
import { attribute } from "./element";
import { Signal } from "./signals";
import type { Touch } from "./state";
import type { Tools } from "./tools";
import { KINDS } from "./vocabulary";

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
export function beat([site, , , , , , memory, formName, knownForms, , , present, visit, allowed, prove]: Tools) {
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
    const [{ visitor }, { forms }] = present();
    const name = formName(form)!;
    const kind = forms[name]?.kind || attribute(form, "kind")!;
    const touch: Touch = {
      id: crypto.getRandomValues(new Uint32Array(4)).join("-"),
      type: "live",
      site,
      visitor,
      at: new Date(serverNow(current) * 1000).toJSON(),
      form: name,
      form_kind: KINDS.includes(kind) ? kind : "other",
      page: (location.origin + location.pathname).slice(0, 2000),
      profile: {},
      answers: {},
      visits: [],
      consent: true,
    };
    prove(touch, [current], 0);
    delete touch.claim;
    try {
      const { status } = await fetch(new URL("/v1/touches", import.meta.url), {
        method: "POST",
        body: JSON.stringify(touch),
        credentials: "omit",
        referrerPolicy: "no-referrer",
      });
      // What is refused now is refused later; a server that is busy, or not there, has the next beat.
      if (status >= 400 && status < 500 && status != 429) clearInterval(clock);
    } catch {
      // offline, or blocked
    }
  }, LOOK);
}
