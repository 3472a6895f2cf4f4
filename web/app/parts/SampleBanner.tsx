import { useSignal } from "@preact/signals";
import { messageOf } from "../api/client";
import type { Person } from "../api/types";
import { removeSamples, samples } from "../state/leads";
import { person } from "../state/session";

/** Roles that the server lets remove samples. */
const mayRemove = new Set<Person["role"] | undefined>(["admin", "marketer", "rep"]);

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
      {mayRemove.has(person.value?.role) ? (
        <button class="button quiet" disabled={busy} onClick={remove}>
          {busy.value ? "Removing…" : "Remove sample leads"}
        </button>
      ) : (
        <p class="soft">An admin, a marketer or a rep can remove them.</p>
      )}
      {problem.value && <p role="alert">{problem}</p>}
    </div>
  );
}
