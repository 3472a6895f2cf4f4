// What a language has to say on the page for visitors.
import type { Rating } from "./check";
import type { Basis } from "../widget/consent";

/** The words of a language. Functions put what they are given into a whole sentence of it. */
export interface Words {
  lang: string;
  /** The general part by the names in index.html and nosite.html; none for English, which stands there. */
  general: Record<string, string>;
  /** What visitors did, in the order of the signals' codes, divided by "|" or a new line. */
  signals: string;
  unknownSignal(code: number): string;
  fields: Record<string, string>;
  fits: Record<string, string>;
  levels: Record<string, string>;
  bands: Record<Rating["band"], string>;
  /** Names of the parts of a rating, for what would change. */
  scores: Record<"fit" | "engagement" | "grade" | "band", string>;
  rating(grade: string, fit: string, level: string, band: string): string;

  /** Why something is kept or is not: the beginning of a sentence that `allowed` and `notAllowed` end. */
  why: Record<Basis | "told" | "none" | "notYet" | "refused" | "ended", string>;
  allowed(why: string, kept: boolean): string;
  notAllowed(why: string): string;
  objection(kept: boolean): string;
  signal: string;

  heldTitle: string;
  asking: string;
  direct: string;
  silent: string;
  again: string;
  nothing: string;
  visitor: string;
  noVisitor: string;
  visits: string;
  noVisits: string;
  cameFrom: string;
  campaign: string;
  active(minutes: number): string;
  visit(began: string, noted: number): string;
  what: string;
  when: string;
  waiting: string;
  waitingLine(at: string, form: string, fields: string): string;
  facts: string;

  ratings: string;
  noForms: string;
  noEngine: string;
  noRating: string;
  form: string;
  /** `said` is empty where nothing was answered. */
  asked(asked: string, said: string): string;
  parts: Record<"fit" | "engagement", (n: number) => string>;
  reason: string;
  points: string;
  sum: string;
  noRows: string;
  changes: string;
  changesLead: string;
  noChanges: string;
  answer: string;
  then: string;
  /** A field with its colon; and one that is left out. */
  other(field: string): string;
  left(field: string): string;
  more(n: number): string;

  choices: string;
  object: string;
  objectLead: string;
  forget: string;
  forgetLead: string;
  forgetWaiting: string;
  objected: string;
  done: Record<"object" | "forget", string>;
}
