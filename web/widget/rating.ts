// How a form's answers rate, row by row, and which of them would change it: every other answer is tried with the engine itself.
import { serverNow } from "./clock";
import { CONTROLS, type Field } from "./element";
import type { Score } from "./engine";
import { PRESETS } from "./presets";
import type { Tools } from "./tools";
import { FIELDS } from "./vocabulary";

/** What an engine makes of answers. */
export interface Rating {
  fit: number;
  engagement: number;
  grade: string;
  band: "cold" | "warm" | "hot";
}

/** A line of a score; the points of a part sum to it. */
export interface Row {
  part: "fit" | "engagement";
  label: string;
  points: number;
}

/** Other answers to a field, in the page's words, with the rating that each of them would make; none: it is left out. */
export interface Change extends Rating {
  field: string;
  answers: string[];
}

/** A form of the page: which profile fields it asks for, which it has answers to (never what they are), and their rating. */
export interface Rated {
  name: string;
  asked: string[];
  said: string[];
  rating?: Rating;
  rows: Row[];
  changes: Change[];
}

/** Answers to try where a form leaves it to people what to write: the presets, and what these leave out. */
const EXAMPLES: Record<string, string> = {
  ...PRESETS,
  email: "name@example.com|name@gmail.com|name@example.edu",
  country: "Germany|United Kingdom|United States|India|Brazil",
};

/** Most answers that are tried for one form, and for one field. */
const MAX_TRIED = 500;
const MAX_OPTIONS = 300;

/** A rating without its rows. */
const bare = ({ fit, engagement, grade, band }: Score) => ({ fit, engagement, grade, band }) as Rating;

/** The answers that a control offers, each with the words that the page has for it. */
function offered(field: Field, name: string): [answer: string, words: string][] {
  const options = (field as unknown as HTMLSelectElement).options;
  if (options) return [...options].map(({ value, text }) => [value.trim(), text]);
  if (field.type == "radio") return [[field.value.trim(), field.labels?.[0]?.textContent || field.value]];
  const examples = field.type != "checkbox" && EXAMPLES[name];
  return examples ? examples.split("|").map((text) => [text, text.replace(/_/g, " ")]) : [];
}

/** Rates a form as it is now. Without an engine, or for one who objected, there is no rating. */
export function rate([, all, , , , , , formName, , read, , present, visit, , , score, fieldName]: Tools, form: HTMLFormElement): Rated {
  const [state, , engine] = present();
  const { profile } = read(form);
  const open = (field: Field) => field.type != "hidden" && !field.closest(":disabled,[data-assay-ignore]");
  const fields = all<Field>(CONTROLS).filter((field) => field.form == form && open(field) && FIELDS.includes(fieldName(field)));
  const asked = [...new Set(fields.map(fieldName))];
  const rated: Rated = { name: formName(form)!, asked, said: asked.filter((name) => profile[name]), rows: [], changes: [] };
  if (!engine || state.objected) return rated;

  const at = serverNow(visit());
  const rating = (said: Record<string, string>) => score(state.visits, { ...profile, ...said }, 0, at);
  const now = rating({});
  rated.rating = bare(now);
  rated.rows = now.reasons.map(({ fit, label, points }) => ({ part: fit ? "fit" : "engagement", label: label || "", points }));

  const tries: [field: string, said: string, words?: string][] = rated.said.map((name) => [name, ""]);
  for (const field of fields) {
    const name = fieldName(field);
    const answers = offered(field, name).filter(([answer]) => answer && answer != profile[name]);
    for (const [answer, words] of answers.slice(0, MAX_OPTIONS)) tries.push([name, answer, words.trim()]);
  }
  const same: Record<string, Change> = {};
  for (const [field, said, words] of tries.slice(0, MAX_TRIED)) {
    const then = bare(rating({ [field]: said }));
    const key = JSON.stringify([field, !words, then]);
    if (JSON.stringify(then) == JSON.stringify(rated.rating)) continue;
    if (!same[key]) rated.changes.push((same[key] = { field, answers: [], ...then }));
    if (words) same[key].answers.push(words);
  }
  return rated;
}
