// How far somebody came with a form that they began and left, where the site wants to know. It is told once, when the page goes:
// the furthest field and how much of what happened, never what was entered.
import { type Course, follow, keyOf } from "./course";
import { CONTROLS, readable, type Field } from "./element";
import { post, report } from "./report";
import { Signal } from "./signals";
import type { Tools } from "./tools";
import { FIELDS } from "./vocabulary";

/** What is told. */
export interface Left {
  /** A profile field, a further answer by the name that the site's own settings have, or #n, the form's nth field. */
  field: string;
  answered: number;
  corrected: number;
  invalid: number;
  hesitated: number;
  seconds: number;
}

/**
 * Milliseconds from which on a field is hesitated at. To read a short question and move to the keys takes some two seconds;
 * in ten somebody looks something up, or weighs whether to answer.
 */
const HESITATES = 1e4;
/** What the server takes. */
const MOST = 1000;
const DAY = 86400;

const bound = (n: number, most = MOST) => Math.min(Math.round(n), most);

/** Attends to the page's forms from now on. */
export function begin(tools: Tools) {
  const [, , , , , , memory, , knownForms, , , , visit, allowed] = tools;
  const [courseOf, settle] = follow(tools);
  const sent = new Set<HTMLFormElement>();

  // After the script's own listener, which has brought the visit up to date, and has heard what other tabs were told of consent.
  addEventListener(
    "pagehide",
    () => {
      const current = visit();
      if (!current || !allowed()) return;
      settle();
      for (const form of knownForms()) {
        const known = memory(form);
        // What was submitted is remembered as the touch that it became.
        const submitted = Object.values(known).some((value) => (value as { type?: string } | undefined)?.type == "submit");
        const course = courseOf(form);
        // What was counted in a visit that was ended, as by a refusal, is not told.
        if (!known[Signal.FormStarted] || submitted || sent.has(form) || course.session != current.session) continue;
        sent.add(form);
        const touch = { ...report(tools, "leave", form, current), left: left(tools, form, course) };
        post(touch, true).catch(() => {}); // offline, or blocked: it is not tried again
      }
    },
    true,
  );
}

/** How far somebody came. A name of the page's own is its text, and is not told. */
function left([, all, , , , , , , , , , present, , , , , fieldName]: Tools, form: HTMLFormElement, course: Course): Left {
  const fields = all<Field>(CONTROLS).filter((field) => field.form == form && readable(field));
  const places = [...new Set(fields.map((field) => keyOf(field) || field))];
  const last = fields.findLast((field) => course.reached.has(field));
  const name = last ? fieldName(last) : "";
  const known = !last || FIELDS.includes(name) || present()[1].answers?.includes(name);
  return {
    field: known ? name : "#" + bound(places.indexOf(keyOf(last) || last) + 1, 999),
    answered: bound(course.answered.size),
    corrected: bound(course.corrected),
    invalid: bound(course.invalid),
    hesitated: bound([...course.waited.values()].filter((ms) => ms >= HESITATES).length),
    seconds: bound(course.ms / 1000, DAY),
  };
}
