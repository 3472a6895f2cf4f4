// The words of the page in the visitor's language, and what is made of them.
import type { Change, Held, Rating } from "./check";
import type { Words } from "./language";
import { en } from "./words.en";

/** Each is loaded alone, where somebody speaks it. */
const LANGUAGES: Record<string, () => Words | Promise<Words>> = {
  en: () => en,
  de: async () => (await import("./words.de")).de,
  fr: async () => (await import("./words.fr")).fr,
  es: async () => (await import("./words.es")).es,
};

/** The first of the visitor's languages that we speak, else English, as where the words do not come. */
async function spoken(): Promise<Words> {
  const wanted = navigator.languages.map((language) => language.toLowerCase().split("-")[0]).find((language) => Object.hasOwn(LANGUAGES, language));
  try {
    return await LANGUAGES[wanted ?? "en"]();
  } catch {
    return en;
  }
}

/** Every word of the page that depends on what a browser holds. */
export const words = await spoken();

/** Puts the general part, which is in the page itself in English, into the visitor's language. */
export function translate(page: Document) {
  page.documentElement.lang = words.lang;
  page.documentElement.dir = "ltr";
  for (const part of page.querySelectorAll<HTMLElement>("[data-word]")) {
    const said = words.general[part.dataset.word!];
    if (said) part.textContent = said;
  }
}

const SIGNALS = words.signals.split(/[|\n]/);

/** What visitors did, by the signal's code. */
export const signalWord = (kind: number) => SIGNALS[kind - 1] ?? words.unknownSignal(kind);

/** A field in words; what only that site knows goes by the site’s own name. */
export const fieldWord = (name: string) => (Object.hasOwn(words.fields, name) ? words.fields[name] : name);

const list = new Intl.ListFormat(words.lang, { type: "conjunction" });
const fieldWords = (names: string[]) => list.format(names.map(fieldWord));

const instant = new Intl.DateTimeFormat(words.lang, { dateStyle: "medium", timeStyle: "medium", hourCycle: "h23" });
const timeWord = (ms: number) => instant.format(ms);

const clock = new Intl.DateTimeFormat(words.lang, { timeStyle: "medium", hourCycle: "h23" });
/** The time of day; the visit says of which. */
export const clockWord = (ms: number) => clock.format(ms);

/** A visit in one line. */
export const visitWords = (began: number, noted: number) => words.visit(timeWord(began), noted);

/** An enquiry that waits, by what it says of whom. */
export const waitingWords = (at: string, form: string, fields: string[]) => words.waitingLine(timeWord(Date.parse(at) || 0), form, fieldWords(fields));

/** What a form asks, and how much of it was answered. */
export const askedWords = (asked: string[], said: string[]) => words.asked(fieldWords(asked), said.length ? fieldWords(said) : "");

/** Points with their sign; a true minus, so that digits stay in line. */
export const pointsWord = (points: number) => (points < 0 ? `−${-points}` : `+${points}`);

/** A rating in one sentence. */
export const ratingWords = ({ grade, band }: Rating) => words.rating(grade, words.fits[grade[0]], words.levels[grade[1]], words.bands[band]);

/** What another answer would make of a score: only what is different. */
export function changeWords(now: Rating, then: Change) {
  const moved = (name: string, a: string | number, b: string | number) => (a === b ? [] : [`${name} ${a} → ${b}`]);
  const { fit, engagement, grade, band } = words.scores;
  return [
    ...moved(fit, now.fit, then.fit),
    ...moved(engagement, now.engagement, then.engagement),
    ...moved(grade, now.grade, then.grade),
    ...moved(band, words.bands[now.band], words.bands[then.band]),
  ].join(", ");
}

/** Whether anything is kept, and why, in one sentence. Of consent it says no more than is known: whose word it is. */
export function standing({ objected, kept, signal, allowed, consent, platform, asks }: Held) {
  const { why } = words;
  if (objected) return words.objection(kept);
  if (signal) return words.signal;
  if (!allowed) return words.notAllowed(consent !== false ? why.notYet : asks ? why.refused : why.ended);
  if (!consent || (!asks && !platform)) return words.allowed(why.none, kept);
  return words.allowed(why[platform ?? "told"], kept);
}
