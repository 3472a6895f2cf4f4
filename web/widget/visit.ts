// The visit: signals are buffered from the first moment, and join the record once there is a session.
import { fail, formKind, formName, memory } from "./forms";
import { continues, DAY, enter, lastVisit, load, save, settings, state } from "./state";
import { SUBMITTED } from "./vocabulary";
import { Signal } from "./signals";
import { get, guard, now, site } from "./page";

const MAX_PAIRS = 512;
/** What a log takes but for its last few places, which are kept for submits and what pages report. */
const MAX_COMMON = 500;

/** Signals not in the record yet. What a path or a form makes of one is decided later, by the site's settings. */
const buffer: [kind: number, at: number, about?: string | HTMLFormElement][] = [];
let current = false;
/** Requests for a session that were begun or have failed: odd while one is on its way. */
let attempts = 0;
let seconds = 0;
let signalled = () => {};

/** Has a task run when there is a signal or a session. */
export const connect = (wake: () => void) => (signalled = wake);

/** The visit that this page adds to, once there is a session. */
export const visit = () => (current ? lastVisit() : undefined);

/** Logs a signal, with the page's path, the form or the name (and no kind) that decides what it is. */
export function signal(kind: number, about?: string | HTMLFormElement) {
  if (state.objected || buffer.length >= MAX_PAIRS) return;
  buffer.push([kind, now(), about]);
  signalled();
}

/** Logs a signal unless its key was logged already for this form, or for the page; tells whether it did. */
export function once(kind: number, form?: HTMLFormElement, key: string | number = kind) {
  const known = memory(form || document);
  if (known[key]) return false;
  signal(kind, form);
  return (known[key] = true);
}

/** Seconds between two looks at whether somebody is there. */
export const TICK = 5;

/** Counts time with the page in front of the visitor; the visit's sum, which other tabs add to, decides when that is a signal. */
export function spend() {
  if (!document.hasFocus()) return; // what cannot be seen has no focus
  seconds += TICK;
  flush();
  const sum = (visit()?.active || 0) + seconds;
  if (sum == 60) signal(Signal.Active60s);
  if (sum == 180) signal(Signal.Active180s);
}

/** Goes on with the visit of the page before, or asks for a session. A failure is tried once more, when called again. */
export const begin = guard(async () => {
  if (visit() || attempts % 2 || attempts > 3) return;
  try {
    if (!continues()) {
      attempts++;
      // The page's word alone may be outranked by a rule of the site that we do not know yet.
      const known = state.visitor && (state.consent ?? settings.consent == "not-required");
      const visitor = known ? "?visitor=" + state.visitor : "";
      const boot = await get("/v1/sites/" + site + "/boot" + visitor, "json");
      load();
      const away = now() - lastVisit()?.last!;
      if (!continues()) {
        enter(boot);
        if (away >= DAY) signal(Signal.ReturnedDay);
        if (away <= 7 * DAY) signal(Signal.ReturnedWeek);
      }
    }
    current = true;
    attempts = 0;
    signalled();
  } catch (cause) {
    attempts++;
    fail("boot", cause);
  }
});

/** Moves the buffer into the record. Does nothing until there is a session. */
export function flush() {
  load();
  const v = visit();
  if (!v) return;
  if (buffer[0] && now() - v.zero > DAY) {
    current = false;
    begin();
    return;
  }
  for (const [kind, at, about] of buffer.splice(0)) {
    const meant = meaning(kind, about);
    const { pairs, zero } = v;
    const n = pairs.length;
    if (meant && n < (kind > Signal.FormAbandoned ? MAX_PAIRS : MAX_COMMON)) {
      pairs.push([meant, Math.max(at - zero, n && pairs.at(-1)![1])]);
    }
    v.last = at;
  }
  v.active += seconds;
  seconds = 0;
  save();
}

/** What a signal is, now that the site's settings are known; 0 for a form that is none of our business, and for no signal's name. */
function meaning(kind: number, about?: string | HTMLFormElement) {
  if (!about) return kind;
  if (typeof about == "string") {
    const name = kind ? settings.pages!.find(([, part]) => about.includes(part))?.[0] : about;
    return settings.signals?.indexOf(name!)! + 1 || kind;
  }
  if (!formName(about)) return 0;
  const submitted = Signal.AskSubmitted + +SUBMITTED[formKind(about)];
  if (kind == Signal.FormSubmitted) return submitted;
  return kind == Signal.FormStarted && submitted == Signal.AskSubmitted ? Signal.AskStarted : kind;
}

/** The server's clock in Unix seconds with their fraction, as well as it is known. */
export function serverTime() {
  const v = visit();
  return v ? v.started + (now() - v.zero) / 1000 : now() / 1000;
}
