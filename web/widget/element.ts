// What an element says, without anything that the widget remembers: the script and its extras both hold this.

/** A control of a form that can be answered. */
export type Field = HTMLInputElement & { form: HTMLFormElement };

/** What can be answered. */
export const ANSWERABLE = "input,select,textarea";

/** What can be answered or pressed. */
export const CONTROLS = ANSWERABLE + ",button";

/** Reads one of the attributes that pages steer us by. */
export const attribute = (element: Element, name: string) => element.getAttribute("data-assay-" + name);

/** What a control says: nothing where it is a choice that was not made. */
export const answerOf = (field: Field) => (!isChoice(field) || field.checked) && field.value.trim();

/** Whether a control is one of several answers to its question. */
export const isChoice = ({ type }: Field) => /radio|checkbox/.test(type);

/** Types that hold no answer, and names of what is nobody's business. */
const CLOSED = /^(hid|fil|sub|but|res|ima)|passw|cc-|otp|pin(\b|_)|cv[cv]|card|token|secret|code/i;

/** Whether a control may be read and counted: no secret, no card, nothing hidden, nothing that the page keeps to itself. */
export const readable = (field: Field) =>
  !CLOSED.test(`${field.type} ${field.name} ${field.getAttribute("autocomplete")}`) &&
  !field.closest(":disabled,[data-assay-ignore]");
