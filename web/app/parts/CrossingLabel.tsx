import { crossing, type Crossing } from "../state/crossing";

/** How long the newest submit took to reach the rep's screen. */
export function CrossingLabel() {
  return (
    <p class={`crossing crossing-${crossing.value.step}`} role="status" data-crossing={crossing.value.step}>
      {words(crossing.value)}
    </p>
  );
}

function words(way: Crossing) {
  if (way.step === "none") return "";
  if (way.step === "arrived") return `submit → alert: ${Math.round(way.ms)} ms`;
  return way.quietly ? "Sent. No alert so far: only prospects and those who ask to talk raise one." : "Sent. Waiting for the alert…";
}
