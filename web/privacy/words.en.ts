// English.
import type { Words } from "./language";

/** "1 visit", "3 visits". */
const count = (n: number, one: string) => `${n} ${one}${n === 1 ? "" : "s"}`;

export const en: Words = {
  lang: "en",
  general: {},
  signals: `viewed a page|viewed prices|viewed a plan|viewed a comparison|read a customer’s story|read documentation|viewed jobs
fetched a file|searched the site|opened a chat|started a video|scrolled past half of a page|scrolled to a page’s end
spent a minute on the site|spent three minutes on the site|came back after a day or more|came back within a week
saw a form|began a form|began a form that asks for somebody|answered a required field|answered an optional field
changed an answer|let the browser fill in a field|pasted an answer|sent something the form refused|left a form that was begun
sent a form that asks for somebody|sent a trial form|sent a signup form|sent a download form|sent a subscription form|sent a form
put something in the cart|went to the checkout|asked for a paid feature|did something that the site counts by itself
filled in a field that no person sees|uses a browser that a program drives`,
  unknownSignal: (code) => `something that this page has no words for (${code})`,
  fields: {
    email: "mail address", name: "name", phone: "phone", company: "company", role: "job title", company_size: "company size",
    industry: "industry", country: "country", budget: "budget", timing: "when you want to start", need: "what you need",
    authority: "who decides", tools: "what you use today", message: "message",
  },
  fits: { A: "fits very well", B: "fits well", C: "fits partly", D: "fits poorly", "?": "fit not known yet" },
  levels: { "1": "very engaged", "2": "engaged", "3": "slightly engaged", "4": "hardly engaged" },
  bands: { cold: "cold", warm: "warm", hot: "hot" },
  scores: { fit: "fit", engagement: "engagement", grade: "grade", band: "band" },
  rating: (grade, fit, level, band) => `Grade ${grade}: ${fit}, ${level}. Band: ${band}.`,

  why: {
    asked: "You consented, as that page’s consent tool says",
    unasked: "That page’s consent tool says that you need not be asked",
    told: "You consented, as that page says",
    none: "The site asks for no consent",
    notYet: "You have not consented yet",
    refused: "You have not consented, or have taken it back",
    ended: "You had what was held deleted, or refused",
  },
  allowed: (why, kept) =>
    kept
      ? `${why}: what stands here is kept in your browser, and goes with an enquiry that you send.`
      : `${why}, but your browser keeps nothing of it: what stands here is only in that page’s memory.`,
  notAllowed: (why) => `${why}: nothing is stored in your browser, and no record is sent. What stands here is only in that page’s memory and goes with it.`,
  objection: (kept) =>
    kept
      ? "You objected: nothing is rated in this browser, and no record goes with what you send. Only your objection is kept."
      : "You objected: nothing is rated on that page, and no record goes with what you send. Your browser lets nothing be stored, so the objection is forgotten when you leave that page.",
  signal:
    "Your browser sends Global Privacy Control or Do Not Track: nothing is stored in it, and neither a record nor an identifier is sent. What stands here is only in that page’s memory and goes with it.",

  heldTitle: "What your browser holds for ",
  asking: "Asking the page that you came from …",
  direct:
    "This page can show you what your browser holds, and the rating it made, only when you open it from the form: there, press “Your choices” in the sentence beside the form. What is held is in that site’s part of your browser, and only the site’s own page can read it.",
  silent: "The page that you came from does not answer: it was closed, or shows something else now. Go back to the form and press “Your choices” there.",
  again: "Ask again",
  nothing: "Nothing is held: no identifier, no visits, no enquiries.",
  visitor: "Identifier, a random number that names this browser: ",
  noVisitor: "No identifier.",
  visits: "Your visits",
  noVisits: "No visit is recorded.",
  cameFrom: "You came from ",
  campaign: "The link named: ",
  active: (minutes) => `${count(minutes, "minute")} with the page in front of you.`,
  visit: (began, noted) => `${began}: ${count(noted, "thing")} noted`,
  what: "What you did",
  when: "When",
  waiting: "Enquiries that have not arrived yet",
  waitingLine: (at, form, fields) => `${at}, form “${form}”, with your ${fields}`,
  facts: "What else that page was told about you",

  ratings: "The rating it made",
  noForms: "There is no form on that page that is rated.",
  noEngine: "No rating is made in your browser: it, or that page, does not let the program run that makes it. The site’s server rates what you send.",
  noRating: "Nothing is rated here.",
  form: "Form ",
  asked: (asked, said) => `It asks for ${asked}. ` + (said ? `You have answered ${said}.` : "You have answered none of it."),
  parts: {
    fit: (n) => `Fit: ${n} of 100. How well your answers match whom the site looks for.`,
    engagement: (n) => `Engagement: ${n} of 100. How much what you did shows interest; it fades with time.`,
  },
  reason: "Why",
  points: "Points",
  sum: "Sum",
  noRows: "No points yet.",
  changes: "Which answers would change it",
  changesLead: "Tried with the same program, one answer at a time; where you write an answer yourself, with common ones.",
  noChanges: "None of the answers that were tried would.",
  answer: "Answer",
  then: "Then",
  other: (field) => `${field}: `,
  left: (field) => `${field}: left out`,
  more: (n) => ` and ${n} more`,

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
