// What visitors do, as signals. Handlers only note that something happened; they never look at what was entered.
import { readable, type Field } from "./element";
import { matches, now, on, soon } from "./page";
import { flush, once, signal, spend, TICK } from "./visit";
import { Signal } from "./signals";
import { knownForms, memory } from "./forms";

/** Whether a field is being typed into; scores wait until it is left. */
export let typing = false;

/** Listens to what happens on the page. */
export function watchPage() {
  if (navigator.webdriver) signal(Signal.AutomationMarked);
  on(
    "scroll",
    soon(() => {
      const seen = (scrollY + innerHeight) / document.documentElement.scrollHeight;
      if (seen > 0.5) once(Signal.ScrolledHalf);
      if (seen > 0.97) once(Signal.ScrolledEnd);
    }),
  );
  setInterval(spend, TICK * 1000);
}

/** Listens to what happens in forms; `left` runs when a field was left. */
export function watchFields(left: () => void) {
  /** Listens to one type of event on fields that may be counted. */
  const onField = (type: string, fn: (field: Field, event: InputEvent) => void) =>
    on(type, (event) => {
      const field: Field = event.target;
      if (field.form && readable(field)) fn(field, event);
    });
  /** Logs a signal once for each field. */
  const note = (kind: number, { form, name, id }: Field) => once(kind, form, kind + (name || id));
  const leave = () => {
    typing = false;
    left();
  };

  onField("input", (field, { inputType }) => {
    once(Signal.FormStarted, field.form);
    typing = true;
    // Neither key nor menu made it, or the visitor is elsewhere: a browser or a password manager filled the field.
    if (!inputType && (!matches(field, ":focus") || /^(te|em|ur|num)/.test(field.type))) {
      note(Signal.FieldAutofilled, field);
    }
  });
  onField("paste", (field) => note(Signal.FieldPasted, field));
  onField("change", (field) => {
    if (!field.validity.valueMissing) {
      const first = note(field.required ? Signal.FieldAnswered : Signal.OptionalAnswered, field);
      if (!first && field.type != "checkbox") signal(Signal.FieldCorrected, field.form);
    }
    leave();
  });
  onField("focusout", leave);
  on("invalid", ({ target }) => target.form && fault(target.form));
  on("pagehide", () => {
    knownForms().forEach((form) => memory(form)[Signal.FormStarted] && once(Signal.FormAbandoned, form));
    flush();
  });
}

let faultAt = 0;

/** Counts one failed validation, however many fields it names. */
export function fault(form: HTMLFormElement) {
  if (now() - faultAt > 300) signal(Signal.ValidationFailed, form);
  faultAt = now();
}
