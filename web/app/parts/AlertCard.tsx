import { useLayoutEffect } from "preact/hooks";
import type { AlertEntry } from "../api/types";
import { painted } from "../state/crossing";
import { isQuiet } from "../state/notify";
import { standingOf } from "../state/owners";
import { person } from "../state/session";
import { kindWord, pageWord, stageWord, verdictWord, whoWord } from "../words";
import { BandMark } from "./BandMark";
import { Contact } from "./Contact";
import { Freshness } from "./Freshness";
import { Grade } from "./Grade";
import { Ownership } from "./Ownership";
import { Questions } from "./Questions";
import { Reasons } from "./Reasons";

/** One alert: who, where, why, what to ask next, how fresh, and who has it. */
export function AlertCard({ entry }: { entry: AlertEntry }) {
  const { id, at, data } = entry;
  const { owner, stage } = standingOf(data.lead).value;
  const taken = owner !== "" && owner !== person.value?.id;
  const verdict = verdictWord(data.verdict);
  usePainted(entry);
  return (
    <article
      class={`card${isQuiet(entry) ? " small" : ""}${taken ? " taken" : ""}`}
      aria-labelledby={`who-${id}`}
      data-alert-id={id}
      data-lead-id={data.lead}
      data-kind={data.kind}
      data-grade={data.grade}
      data-band={data.band}
    >
      <div class="rating">
        <Grade grade={data.grade} band={data.band} />
        <BandMark band={data.band} />
      </div>
      <header>
        <p class="kind">
          {kindWord(data.kind)} <Freshness at={at} />
        </p>
        <h3 id={`who-${id}`}>{whoWord(data.who)}</h3>
        <p class="position">{[data.who.role, data.who.company].filter(Boolean).join(", ")}</p>
        <Contact who={data.who} />
      </header>
      <p class="where">
        <span>
          Form <b>{data.form}</b>
        </span>
        {data.page && <span title={data.page}>on {pageWord(data.page)}</span>}
        <span class="stage">{stageWord(stage || data.stage)}</span>
        {verdict && <span class="verdict">{verdict}</span>}
      </p>
      <Reasons reasons={data.reasons} />
      <Questions questions={data.questions} folded={isQuiet(entry)} />
      {data.kind === "test" ? <p class="ownership">Nobody to call: you sent it yourself.</p> : <Ownership lead={data.lead} name={whoWord(data.who)} />}
    </article>
  );
}

/** Marks the moment at which the alert stood on the screen: the frame after the one that drew it. */
function usePainted(entry: AlertEntry) {
  useLayoutEffect(() => {
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        performance.mark(`assay-alert-painted:${entry.id}`);
        painted(entry);
      });
    });
    return () => cancelAnimationFrame(frame);
  }, [entry.id]);
}
