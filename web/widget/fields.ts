// Reads a form's fields. Nothing else does, and it runs only when a score is due or the form is submitted.
import { settings } from "./state";
import { attribute, fit } from "./page";
import { FIELDS, KNOWN, Signal } from "./vocabulary";
import { once } from "./visit";

/** A control of a form that can be answered. */
export type Field = HTMLInputElement & { form: HTMLFormElement };

/** Facts that the page told us about the person, for live scores and the next submit. */
export const facts: Record<string, string> = {};

/** Whether a control may be read and counted: no secret, no card, nothing hidden, nothing that the page keeps to itself. */
export const readable = (field: Field) =>
  !/passw|cc-|one-time/i.test(field.name + " " + field.getAttribute("autocomplete")) &&
  !/^(pas|hid|fil|sub|but|res|ima)/.test(field.type) &&
  !field.closest(":disabled,[data-assay-ignore]");

/** The profile field that a name of the page's own stands for, if any. */
const known = (name: string | null) =>
  FIELDS[KNOWN.findIndex((names) => names.test((name + "").toLowerCase().replace(/[^a-z]/g, "")))];

/** The profile field that a control asks for, else whatever the page calls it. */
const fieldName = (field: Field) =>
  attribute(field, "field") || known(field.getAttribute("autocomplete")) || known(field.name) || known(field.type) || field.name;

/** Reads what a form says now, over the facts that the page has told us already: its profile and its answers. */
export function read(form: HTMLFormElement) {
  const profile: Record<string, string> = {};
  const answers: Record<string, string> = {};
  for (const field of document.querySelectorAll<Field>("input,select,textarea")) {
    if (field.form != form || !readable(field)) continue;
    const name = fieldName(field);
    const to = FIELDS.includes(name) ? profile : answers;
    if (to == answers && name != "honeypot" && !settings.answers?.includes(name)) continue;
    const many = /radio|checkbox/.test(field.type);
    const value = (!many || field.checked) && field.value.trim();
    if (!value) continue;
    if (!to[name]) to[name] = fit(value);
    else if (many || name == "name") to[name] = fit(to[name] + (many ? ", " : " ") + value);
  }
  if (answers.honeypot) once(Signal.HoneypotFilled, form);
  return { profile: { ...facts, ...profile }, answers };
}
