import { unclaimed } from "../state/feed";
import { score } from "../state/score";
import { BandMark } from "./BandMark";
import { Grade } from "./Grade";

/**
 * The score in one line, where the screen is too narrow for all three side by side: it stays in sight while the visitor's
 * form is filled in, and leads to what lies below it.
 */
export function ScoreStrip() {
  const now = score.value;
  return (
    <section class="strip" aria-label="At a glance">
      {now ? (
        <>
          <Grade grade={now.grade} band={now.band} />
          <BandMark band={now.band} />
          <span class="sums">
            <span>Engagement <b>{now.engagement}</b></span> <span>Fit <b>{now.fit}</b></span>
          </span>
        </>
      ) : (
        <span class="soft">No score yet</span>
      )}
      <nav aria-label="Parts of the live demo">
        <a href="#score-title">Reasons</a>
        <a href="#alerts-title">Alerts{unclaimed.value > 0 && <b> {unclaimed.value}<span class="unseen"> unclaimed</span></b>}</a>
      </nav>
    </section>
  );
}
