// Reads a form's fields. Nothing else does, and it runs only when a score is due or the form is submitted.
import { ANSWERABLE, answerOf, attribute, isChoice, readable, type Field } from "./element";
import { FIELDS, KNOWN } from "./vocabulary";
import { Signal } from "./signals";
import { once } from "./visit";
import { all, fit } from "./page";
import { settings } from "./state";

/** Facts that the page told us about the person, for live scores and the next submit. */
export const facts: Record<string, string> = {};

/** A mail address that the server surely takes; it refuses a whole touch with anything else in its place. */
const MAIL = /^[\w.+'-]+@[a-z\d]((\.|-*)[a-z\d])*$/i;

/** The profile field that a name of the page's own stands for, if any. */
const known = (name: string | null) =>
  FIELDS[KNOWN.findIndex((names) => names.test((name + "").replace(/[^a-z]/gi, "")))];

/** The profile field that a control asks for, else whatever the page calls it. */
export const fieldName = (field: Field) =>
  attribute(field, "field") || known(field.getAttribute("autocomplete")) || known(field.name) || known(field.type) || field.name;

/** Reads what a form says now, over the facts that the page has told us already: its profile and its answers. */
export function read(form: HTMLFormElement) {
  let profile: Record<string, string> = {};
  const answers: Record<string, string> = {};
  for (const field of all<Field>(ANSWERABLE)) {
    if (field.form != form || !readable(field)) continue;
    const value = answerOf(field);
    if (!value) continue;
    const name = fieldName(field);
    const to = FIELDS.includes(name) ? profile : answers;
    if (to == answers && name != "honeypot" && !settings.answers?.includes(name)) continue;
    const many = isChoice(field);
    if (!to[name]) to[name] = fit(value);
    else if (many || name == "name") to[name] = fit(to[name] + (many ? ", " : " ") + value);
  }
  if (answers.honeypot) once(Signal.HoneypotFilled, form);
  profile = { ...facts, ...profile };
  if (!MAIL.test(profile.email)) delete profile.email;
  return { profile, answers };
}
