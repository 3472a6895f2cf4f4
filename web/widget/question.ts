// One more question beside a form: which is worth most.
import { CONTROLS, type Field } from "./element";
import { serverNow } from "./clock";
import type { Score } from "./engine";
import { PRESETS } from "./presets";
import type { Tools } from "./tools";

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
  const { profile } = read(form);
  const asked = all<Field>(CONTROLS).filter((field) => field.form == form && field.type != "hidden").map(fieldName);
  const at = serverNow(visit());
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
