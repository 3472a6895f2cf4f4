import { useSignal } from "@preact/signals";
import { messageOf } from "../api/client";
import { removeSamples, samples } from "../state/leads";

/** Says how many of the leads shown are made up, and removes them all with one press. */
export function SampleBanner() {
  const busy = useSignal(false);
  const problem = useSignal("");

  async function remove() {
    busy.value = true;
    problem.value = await removeSamples().then(() => "", messageOf);
    busy.value = false;
  }

  if (!samples.value) return null;
  return (
    <div class="banner">
      <p>
        {samples.value === 1 ? "1 lead shown here is a sample" : `${samples.value} leads shown here are samples`}, made up to fill
        the screens.
      </p>
      <button class="button quiet" disabled={busy} onClick={remove}>
        {busy.value ? "Removing…" : "Remove sample leads"}
      </button>
      {problem.value && <p role="alert">{problem}</p>}
    </div>
  );
}
