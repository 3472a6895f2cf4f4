// Every word of the page that depends on what a browser holds.
import { bandWord, gradeWords } from "../app/words";
import type { Change, Held, Rating } from "./check";

/** What visitors did, by the signal's code. */
const SIGNALS =
  `viewed a page|viewed prices|viewed a plan|viewed a comparison|read a customer’s story|read documentation|viewed jobs
fetched a file|searched the site|opened a chat|started a video|scrolled past half of a page|scrolled to a page’s end
spent a minute on the site|spent three minutes on the site|came back after a day or more|came back within a week
saw a form|began a form|began a form that asks for somebody|answered a required field|answered an optional field
changed an answer|let the browser fill in a field|pasted an answer|sent something the form refused|left a form that was begun
sent a form that asks for somebody|sent a trial form|sent a signup form|sent a download form|sent a subscription form|sent a form
put something in the cart|went to the checkout|asked for a paid feature|did something that the site counts by itself
filled in a field that no person sees|uses a browser that a program drives`.split(/[|\n]/);

export const signalWord = (kind: number) => SIGNALS[kind - 1] ?? `something that this page has no words for (${kind})`;

const FIELDS: Record<string, string> = {
  email: "mail address",
  name: "name",
  phone: "phone",
  company: "company",
  role: "job title",
  company_size: "company size",
  industry: "industry",
  country: "country",
  budget: "budget",
  timing: "when you want to start",
  need: "what you need",
  authority: "who decides",
  tools: "what you use today",
  message: "message",
};

/** A field in words; what only that site knows goes by the site’s own name. */
export const fieldWord = (name: string) => (Object.hasOwn(FIELDS, name) ? FIELDS[name] : name);

const list = new Intl.ListFormat("en", { type: "conjunction" });
export const fieldWords = (names: string[]) => list.format(names.map(fieldWord));

const instant = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "medium", hourCycle: "h23" });
export const timeWord = (ms: number) => instant.format(ms);

const clock = new Intl.DateTimeFormat("en", { timeStyle: "medium", hourCycle: "h23" });
/** The time of day; the visit says of which. */
export const clockWord = (ms: number) => clock.format(ms);

/** "1 visit", "3 visits". */
export const countWord = (n: number, one: string, many = one + "s") => `${n} ${n === 1 ? one : many}`;

/** A rating in one sentence. */
export const ratingWords = ({ grade, band }: Rating) => `Grade ${grade}: ${gradeWords(grade)}. Band: ${bandWord(band).toLowerCase()}.`;

/** What another answer would make of a score: only what is different. */
export function changeWords(now: Rating, then: Change) {
  const moved = (name: string, a: string | number, b: string | number) => (a === b ? [] : [`${name} ${a} → ${b}`]);
  return [
    ...moved("fit", now.fit, then.fit),
    ...moved("engagement", now.engagement, then.engagement),
    ...moved("grade", now.grade, then.grade),
    ...moved("band", bandWord(now.band).toLowerCase(), bandWord(then.band).toLowerCase()),
  ].join(", ");
}

/** Whether anything is kept, and why, in one sentence. */
export function standing(held: Held) {
  if (held.objected) {
    return held.kept
      ? "You objected: nothing is rated in this browser, and no record goes with what you send. Only your objection is kept."
      : "You objected: nothing is rated on that page, and no record goes with what you send. Your browser lets nothing be stored, so the objection is forgotten when you leave that page.";
  }
  if (held.signal) {
    return "Your browser sends Global Privacy Control or Do Not Track: nothing is stored in it, and neither a record nor an identifier is sent. What stands here is only in that page’s memory and goes with it.";
  }
  if (!held.allowed) {
    const why = held.consent === false ? "You have not consented, or have taken it back" : "You have not consented yet";
    return `${why}: nothing is stored in your browser, and no record is sent. What stands here is only in that page’s memory and goes with it.`;
  }
  const why = held.consent ? "You consented" : "The site asks for no consent";
  return held.kept
    ? `${why}: what stands here is kept in your browser, and goes with an enquiry that you send.`
    : `${why}, but your browser keeps nothing of it: what stands here is only in that page’s memory.`;
}

export const words = {
  heldTitle: "What your browser holds for ",
  asking: "Asking the page that you came from …",
  direct:
    "This page can show you what your browser holds, and the rating it made, only when you open it from the form: there, press “Your choices” in the sentence beside the form. What is held is in that site’s part of your browser, and only the site’s own page can read it.",
  silent:
    "The page that you came from does not answer: it was closed, or shows something else now. Go back to the form and press “Your choices” there.",
  again: "Ask again",
  nothing: "Nothing is held: no identifier, no visits, no enquiries.",
  visitor: "Identifier, a random number that names this browser: ",
  noVisitor: "No identifier.",
  visits: "Your visits",
  noVisits: "No visit is recorded.",
  cameFrom: "You came from ",
  campaign: "The link named: ",
  active: (seconds: number) => `${countWord(Math.round(seconds / 60), "minute")} with the page in front of you.`,
  visit: (began: number, n: number) => `${timeWord(began)}: ${countWord(n, "thing")} noted`,
  what: "What you did",
  when: "When",
  waiting: "Enquiries that have not arrived yet",
  waitingLine: (at: string, form: string, fields: string[]) => `${at}, form “${form}”, with your ${fieldWords(fields)}`,
  facts: "What else that page was told about you",
  ratings: "The rating it made",
  noForms: "There is no form on that page that is rated.",
  noEngine: "No rating is made in your browser: it, or that page, does not let the program run that makes it. The site’s server rates what you send.",
  noRating: "Nothing is rated here.",
  form: "Form ",
  asked: (asked: string[], said: string[]) =>
    `It asks for ${fieldWords(asked)}. ` + (said.length ? `You have answered ${fieldWords(said)}.` : "You have answered none of it."),
  parts: {
    fit: (n: number) => `Fit: ${n} of 100. How well your answers match whom the site looks for.`,
    engagement: (n: number) => `Engagement: ${n} of 100. How much what you did shows interest; it fades with time.`,
  },
  why: "Why",
  points: "Points",
  sum: "Sum",
  noRows: "No points yet.",
  changes: "Which answers would change it",
  changesLead: "Tried with the same program, one answer at a time; where you write an answer yourself, with common ones.",
  noChanges: "None of the answers that were tried would.",
  answer: "Answer",
  then: "Then",
  left: (field: string) => `${field}: left out`,
  other: (field: string) => `${field}: `,
  more: (n: number) => ` and ${n} more`,
  choices: "Your choices",
  object: "Object to being rated",
  objectLead:
    "Rating in this browser stops, everything it was made from is deleted, and no record goes with what you send from now on. Only the objection is kept. With the next form that you send it reaches the site, which then never rates you again; to have it stop before, ask them.",
  forget: "Delete what is held",
  forgetLead:
    "Everything that this browser holds for the site is deleted. The next page may begin anew where the site asks for no consent; to stop it for good, object. What you sent before is with the site: ask them to erase it.",
  forgetWaiting: " An enquiry that has not arrived yet is deleted too.",
  objected: "You have objected. To be rated again one day, clear that site’s data in your browser.",
  done: { object: "Done: you have objected.", forget: "Done: what was held is deleted." },
};
