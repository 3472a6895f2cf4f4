// What outlives a page: one record in localStorage per site, kept only while that is allowed.
import { bare, fit, now, pageConsent, privacySignal, randomId, site } from "./page";
import type { Pair } from "./vocabulary";

/** The server's boot answer. */
export interface Boot {
  session: string;
  /** Unix seconds on the server's clock. */
  started: number;
  model: string;
  engine_url: string;
  model_url: string;
  labels: Record<string, string>;
  settings?: Settings;
}

interface Settings {
  consent?: string;
  forms: Record<string, { kind?: string; selector?: string }>;
  pages?: [signal: string, part: string][];
  /** The names that pages may give signals, each in its code's place from 1 on. */
  signals?: (string | null)[];
  answers?: string[];
  panel?: Panel;
  /** Whether the site has switched on anything that the script itself does not do. */
  more?: boolean;
  /** Whether pages may tell who is on a form now. */
  live?: boolean;
}

/** What the site's pages may offer beside their forms. */
export interface Panel {
  /** Where "talk to us now" leads. */
  booking_url?: string;
  /** Profile fields of which one may be asked. */
  ask?: string[];
}

/** One visit: its boot answer, its signals and where it came from. */
export interface Visit extends Boot {
  /** The browser's clock when the boot answer came: log time 0. */
  zero: number;
  pairs: Pair[];
  /** The browser's clock at the last signal. */
  last: number;
  /** Seconds on pages that were visible and had the focus. */
  active: number;
  source: { referrer: string; utm: Record<string, string> };
}

/** A touch, as it is sent. */
export interface Touch {
  id: string;
  type: "submit" | "live";
  site?: string;
  visitor?: string;
  at: string;
  form: string;
  form_kind: string;
  page: string;
  referrer?: string;
  utm?: Record<string, string>;
  profile: Record<string, string>;
  answers: Record<string, string>;
  visits: { session: string; evidence?: string; signals?: Pair[] }[];
  model?: string;
  claim?: { engagement: number; fit: number; band: string };
  consent: boolean;
  objected?: boolean;
}

interface State {
  visitor?: string;
  consent?: boolean;
  objected?: boolean;
  /** The last visit, after those before it that the server has not acknowledged. */
  visits: Visit[];
  /** Touches that the server has not acknowledged. */
  waiting: Touch[];
}

const key = "assay." + site;
/** Milliseconds. */
export const DAY = 864e5;
let stored = false;
/** Once the browser has refused a record, memory alone serves this page: an older record would cut the log short. */
let alone = false;

/** The record; changes count once `save` has run. */
export let state: State = { visits: [], waiting: [] };

/** The last visit, which may have ended. */
export const lastVisit = (): Visit | undefined => state.visits.at(-1);

/** The site's settings, as far as they are known. */
export let settings: Settings = { forms: {} };

const learn = () => (settings = lastVisit()?.settings || settings);

/** Whether storing and sending evidence is allowed: by the privacy signals, the visitor's word, the site's rule. */
export const allowed = () =>
  !privacySignal &&
  !state.objected &&
  (state.consent ?? (settings.consent || pageConsent) == "not-required");

/** Reads the record again, since other tabs write it too. A record that another tab removed stays removed. */
export function load() {
  if (privacySignal || state.objected || alone) return;
  try {
    const record: State = JSON.parse(localStorage.getItem(key)!);
    if (record) {
      // Lists where there must be some; anything else throws.
      // Without consent, or once somebody objected, what waits is in the memory of each page alone.
      state = {
        ...state,
        ...record,
        visits: record.visits.filter(({ pairs }) => pairs),
        waiting: [...record.waiting, ...(stored && !record.objected ? [] : state.waiting)],
      };
    } else if (stored) clear();
    stored = !!record;
    learn();
  } catch {
    // Storage is blocked, or somebody else wrote there: what is in memory serves this page.
    stored = false;
    write();
  }
}

/** Writes a record, or removes the one there is. What does not fit is not there at all. */
function write(text?: string | false) {
  try {
    if (text) localStorage.setItem(key, text);
    else localStorage.removeItem(key);
  } catch {
    alone ||= !!text;
    if (text) write();
  }
}

/** Writes the record where that is allowed, and removes it where it no longer is. There, an objection is remembered alone. */
export function save() {
  stored = allowed();
  state.visitor = stored ? state.visitor || randomId() : undefined;
  const kept = stored ? state : { ...state, visits: [], waiting: [] };
  write((stored || (!privacySignal && state.objected)) && !alone && JSON.stringify(kept));
}

/**
 * Forgets everything but an objection, and ends the visit: a log that went on without its beginning would look
 * tampered with. Until consent is given again, nothing more is stored on this page.
 */
export function clear() {
  state = { objected: state.objected, consent: false, visits: [], waiting: [] };
  save();
}

/** Whether the last visit goes on: active within half an hour, and within the day that a session gathers. */
export const continues = (visit = lastVisit()) => visit && now() - visit.last < 18e5 && now() - visit.zero < DAY;

/** Makes a boot answer the last visit; those before it stay for as long as they can be delivered. */
export function enter(boot: Boot) {
  const zero = now();
  const utm: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(location.search)) {
    if (/^utm_/.test(name)) utm[name.slice(4)] = fit(value);
  }
  const source = { referrer: bare(document.referrer), utm };
  state.visits = state.visits.filter((visit) => zero - visit.zero < 7 * DAY).slice(-7);
  state.visits.push({ ...boot, zero, last: zero, active: 0, pairs: [], source });
  learn();
  save();
}
