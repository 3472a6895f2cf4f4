import { onForm, score } from "../state/score";
import { BandMark } from "./BandMark";
import { CrossingLabel } from "./CrossingLabel";
import { Grade } from "./Grade";
import { Meter } from "./Meter";
import { ReasonRows } from "./ReasonRows";

/** The visitor's score as it moves, with every reason that makes it. */
export function ScorePanel() {
  const now = score.value;
  return (
    // It may be higher than its place, and without a control of its own only the keyboard's focus lets it be scrolled.
    <section class="score" aria-labelledby="score-title" tabIndex={0}>
      <h2 id="score-title">The score</h2>
      {now && (
        <div class="rating">
          <Grade grade={now.grade} band={now.band} />
          <BandMark band={now.band} />
        </div>
      )}
      <p class="hint">{hint(onForm.value, Boolean(now))}</p>
      <CrossingLabel />
      <Meter name="Engagement" value={now?.engagement} />
      <ReasonRows of="Engagement" reasons={now?.reasons.filter(({ fit }) => !fit) ?? []} />
      <Meter name="Fit" value={now?.fit} open={now?.grade[0] === "?"} />
      <ReasonRows of="Fit" reasons={now?.reasons.filter(({ fit }) => fit) ?? []} />
    </section>
  );
}

function hint(form: boolean, scored: boolean) {
  if (form) return "Scored in the visitor’s browser. What is typed stays there until the form is sent.";
  if (scored) return "No form on this page. What the visitor does here counts when they come to one.";
  return "Look around first: pricing, comparison, the story. Then open a form, and the score appears.";
}
