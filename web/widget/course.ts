// What happens in forms, counted in the page's memory alone, for what is told of one that is left.
import { readable, type Field } from "./element";
import { Signal } from "./signals";
import type { Tools } from "./tools";

/** What happened in one form. */
export interface Course {
  /** The visit in which it began. */
  session?: string;
  /** Fields that had the focus or an input. */
  reached: Set<Field>;
  begun: Set<Field>;
  /** Milliseconds with the focus before the first input. */
  waited: Map<Field, number>;
  /** By their keys. */
  answered: Set<string>;
  corrected: number;
  invalid: number;
  /** When the newest failure to send was, since a browser tells of each field at fault. */
  refused: number;
  /** Milliseconds with the focus in it. */
  ms: number;
}

/** Milliseconds in which failures are one, as for the script's own signal. */
const TOGETHER = 300;

/** What names a control within its form; of choices, their question. */
export const keyOf = (field: Field) => field.name || field.id;

/** Follows what happens in the page's forms from now on. Gives what knows it of each, and what brings its times up to date. */
export function follow(tools: Tools): [courseOf: (form: HTMLFormElement) => Course, settle: () => void] {
  const [, , roots, heard, , , memory, formName, knownForms, , , , visit] = tools;
  const courses = new Map<HTMLFormElement, Course>();
  /** The field with the focus, and since when its time is not counted yet. */
  let here: Field | undefined;
  let since = 0;

  function courseOf(form: HTMLFormElement) {
    const course: Course = courses.get(form) || {
      session: visit()?.session,
      reached: new Set(),
      begun: new Set(),
      waited: new Map(),
      answered: new Set(),
      corrected: 0,
      invalid: 0,
      refused: -TOGETHER,
      ms: 0,
    };
    courses.set(form, course);
    return course;
  }

  function settle() {
    if (!here?.form) return; // none, or one that was taken out
    const course = courseOf(here.form);
    const spent = performance.now() - since;
    since += spent;
    course.ms += spent;
    if (!course.begun.has(here)) course.waited.set(here, (course.waited.get(here) || 0) + spent);
  }

  function focus(field?: Field) {
    settle();
    here = field;
    since = performance.now();
    if (field) courseOf(field.form).reached.add(field);
  }

  function refuse(form: HTMLFormElement) {
    const course = courseOf(form);
    const now = performance.now();
    if (now - course.refused > TOGETHER) course.invalid++;
    course.refused = now;
  }

  /** Listens on the page and in its trees, now and later, before the page's own handlers. */
  function listen(type: string, fn: (event: Event) => void) {
    const guarded = (event: Event) => {
      try {
        fn(event);
      } catch (err) {
        console.warn("assay:", err);
      }
    };
    heard.push([type, guarded, true]);
    for (const tree of [window, ...roots.slice(1)]) tree.addEventListener(type, guarded, true);
  }

  const ours = (field: Field | null) => field?.form && formName(field.form) && readable(field);
  /**
   * Listens to what happens in fields that may be counted, within a shadow tree too: only with the first focus in it the script
   * takes it in. From then on some events are heard twice, on their way through the page and in the tree.
   */
  const onField = (type: string, fn: (field: Field) => void) =>
    listen(type, (event) => {
      const field = event.composedPath()[0] as Field;
      if (ours(field)) fn(field);
    });

  // The script notes each answer under its signal's code: what was answered before this came.
  for (const form of knownForms()) {
    for (const key of Object.keys(memory(form))) {
      if ([Signal.FieldAnswered, Signal.OptionalAnswered].some((code) => key.startsWith(code + ""))) courseOf(form).answered.add(key.slice(2));
    }
  }
  const active = document.activeElement as Field | null;
  if (ours(active)) {
    focus(active!);
    if (memory(active!.form)[Signal.FormStarted]) courseOf(active!.form).begun.add(active!);
  }

  onField("focusin", focus);
  onField("focusout", () => focus());
  onField("input", (field) => {
    const { reached, begun } = courseOf(field.form);
    if (field == here) settle();
    reached.add(field);
    begun.add(field);
  });
  onField("change", (field) => {
    if (field.validity.valueMissing) return;
    const course = courseOf(field.form);
    if (!course.answered.has(keyOf(field))) course.answered.add(keyOf(field));
    else if (field.type != "checkbox") course.corrected++;
  });
  onField("invalid", ({ form }) => refuse(form));
  // A form that checks itself in script, and is not sent with what the browser calls invalid.
  listen("submit", (event) => {
    const form = event.target as HTMLFormElement;
    const wrong = formName(form) && Element.prototype.matches.call(form, ":invalid");
    if (wrong) setTimeout(() => event.defaultPrevented && refuse(form));
  });
  return [courseOf, settle];
}
