// What another site's page says is foreign: here it gets a shape and bounds, and stays text.
import type { Held } from "../widget/record";
import type { Rated, Rating } from "../widget/rating";

export type { Held } from "../widget/record";
export type { Change, Rated, Rating, Row } from "../widget/rating";

type Loose = Record<string, unknown>;

const object = (value: unknown): Loose => (typeof value === "object" && value !== null ? (value as Loose) : {});

/** A text of at most so many characters, on one line, without what turns or hides the text around it. */
export const text = (value: unknown, most = 120) =>
  typeof value === "string"
    ? value.slice(0, most).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ").trim()
    : "";

/** A whole number within bounds; the lowest for anything else. */
const number = (value: unknown, least: number, most: number) =>
  typeof value === "number" && value >= least && value <= most ? Math.round(value) : least;

/** At most so many entries, each in its shape. */
const list = <T>(value: unknown, most: number, entry: (value: unknown) => T): T[] =>
  Array.isArray(value) ? Array.from(value.slice(0, most), entry) : [];

const texts = (value: unknown, most = 80) => list(value, most, (one) => text(one, 80)).filter(Boolean);

/** Names and what they say. */
const pairs = (value: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(object(value)).slice(0, 20).map(([name, said]) => [text(name, 60), text(said, 200)]));

/** Year 10000: the last instant that dates are written for. */
const LATEST = 253402300800000;

const BASES = ["asked", "unasked"] as const;

const BANDS = ["cold", "warm", "hot"] as const;

function rating(value: unknown): Rating | undefined {
  const { fit, engagement, grade, band: said } = object(value);
  const band = BANDS.find((one) => one === said);
  if (typeof grade !== "string" || !/^[A-D?][1-4]$/.test(grade) || !band) return undefined;
  return { fit: number(fit, 0, 100), engagement: number(engagement, 0, 100), grade, band };
}

function rated(value: unknown): Rated {
  const form = object(value);
  return {
    name: text(form.name),
    asked: texts(form.asked),
    said: texts(form.said),
    rating: rating(form.rating),
    rows: list(form.rows, 160, (row) => {
      const { part, label, points } = object(row);
      return { part: part === "fit" ? part : "engagement", label: text(label), points: number(points, -250, 250) };
    }),
    changes: list(form.changes, 120, (change) => {
      const then = rating(change);
      const { field, answers } = object(change);
      return then ? [{ field: text(field, 60), answers: texts(answers, 300), ...then }] : [];
    }).flat(),
  };
}

/** What is held, as another page tells it; nothing where it tells none. */
export function checked(value: unknown): Held | undefined {
  if (typeof value !== "object" || !value) return undefined;
  const held = object(value);
  return {
    signal: held.signal === true,
    objected: held.objected === true,
    consent: typeof held.consent === "boolean" ? held.consent : undefined,
    platform: BASES.find((one) => one === held.platform),
    asks: held.asks === true,
    allowed: held.allowed === true,
    kept: held.kept === true,
    visitor: text(held.visitor, 64) || undefined,
    visits: list(held.visits, 9, (visit) => {
      const { began, seconds, referrer, utm, signals } = object(visit);
      return {
        began: number(began, 0, LATEST),
        seconds: number(seconds, 0, 1e5),
        referrer: text(referrer, 300),
        utm: pairs(utm),
        signals: list(signals, 512, (signal): [number, number] => {
          const [kind, at] = Array.isArray(signal) ? signal : [];
          return [number(kind, 0, 63), number(at, 0, LATEST)];
        }),
      };
    }),
    waiting: list(held.waiting, 8, (touch) => {
      const { form, at, fields } = object(touch);
      return { form: text(form), at: text(at, 40), fields: texts(fields) };
    }),
    facts: pairs(held.facts),
    engine: held.engine === true,
    forms: list(held.forms, 10, rated),
  };
}
