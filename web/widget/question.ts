// One more question beside a form: the answers that it can have, and which question is worth most.
import { CONTROLS, type Field } from "./element";
import type { Score } from "./engine";
import type { Tools } from "./tools";

/**
 * Answers that a person may choose, by profile field, as engine and reps read them. What each says to the visitor is in
 * `words.*.ts`, in the same order. Countries are too many, and names, messages and tools are texts.
 */
export const PRESETS: Record<string, string> = {
  company_size: "1-10|11-50|51-200|201-500|501-1000|1001-5000|5001+",
  role: "owner or managing director|head of department|manager|specialist|assistant|student or intern",
  industry: "manufacturing|wholesale|retail|logistics|software|services|construction|health care|finance|education|public sector|other",
  need: "save time|lower costs|replace what we use|grow|meet requirements|none",
  timing: "now|under_3_months|3_to_6_months|later|just_looking",
  budget: "approved|planned|none|unknown",
  authority: "me|me_and_others|somebody_else",
};

/** Whether a score is more than another, as the engine weighs answers: by letter, "?" being the least, by level, by points. */
function over(a: Score, b: Score) {
  const [[letter, level], [than, rather]] = [a.grade, b.grade];
  if (letter != than) return letter != "?" && (than == "?" || letter < than);
  if (level != rather) return level < rather;
  return points(a) > points(b);
}

const points = ({ fit, engagement }: Score) => fit + engagement;

/**
 * The field, among those that the site wants asked, whose best answer would raise the grade most: one that the form does not
 * ask and nobody has answered. None, where no answer would earn a point.
 */
export function worthMost(tools: Tools, form: HTMLFormElement, ask: string[]) {
  const [, all, , , , , , , , read, , present, visit, , , score, fieldName] = tools;
  const [state] = present();
  const v = visit()!;
  const { profile } = read(form);
  const asked = all<Field>(CONTROLS).filter((field) => field.form == form && field.type != "hidden").map(fieldName);
  const at = v.started + (Date.now() - v.zero) / 1000;
  const as = (said: object) => score(state.visits, { ...profile, ...said }, 0, at);
  const now = as({});
  // Nobody is asked who shows little interest; but somebody who shows much, and of whom too little is known for a letter, is cold so far.
  if (now.band == "cold" && !/\?[12]/.test(now.grade)) return;
  let best = now;
  let field: string | undefined;
  for (const name of ask) {
    if (asked.includes(name) || profile[name]) continue;
    for (const answer of PRESETS[name].split("|")) {
      const then = as({ [name]: answer });
      if (points(then) <= points(now) || !over(then, best)) continue;
      best = then;
      field = name;
    }
  }
  return field;
}
