// The words that the wire knows by number, but for signals.

/** Form kinds; the place in the list is the kind's number in the engine's `forms` mask. */
export const KINDS = /* @__PURE__ */ "other demo quote appointment trial contact_sales signup download subscription".split(" ");

/** The signal of a submit, by kind number: so many codes after that of an ask. */
export const SUBMITTED = "500010234";

/**
 * Each profile field with the names that pages commonly give it, as they read at the end of a name without its
 * punctuation. The place in the list is the field's number in a case.
 */
const NAMES = [
  "email|mail(address)?",
  "^name|(st|ll|en|ly|ur)name",
  "phone(number)?|mobile|^tel",
  "company(name)?|organi.ation",
  "role|(b|n)title|position",
  "company_size|(y|m)size",
  "industry",
  "country(name)?",
  "budget",
  "timing|time(line|frame)",
  "need|challenge",
  "authority",
  "tools",
  "message|comments?",
];

/** Names of the profile fields, by number. */
export const FIELDS = /* @__PURE__ */ NAMES.map((names) => names.match(/\w+/)![0]);

/** What tells a field by a name of the page's own, by number. */
export const KNOWN = /* @__PURE__ */ NAMES.map((names) => RegExp(`(${names})$`, "i"));

/** A signal as the wire carries it: code, milliseconds since the boot answer. */
export type Pair = [kind: number, ms: number];
