import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { messageOf } from "../api/client";
import type { Person } from "../api/types";
import { removeSamples, samples } from "../state/leads";
import { person } from "../state/session";

/** Roles that the server lets remove samples. */
const mayRemove = new Set<Person["role"] | undefined>(["admin", "marketer", "rep"]);

/** Says how many of the leads shown are made up, and removes all that there are, once it was asked whether to. */
export function SampleBanner() {
  const removed = useSignal("");
  const status = useRef<HTMLParagraphElement>(null);

  /** The buttons are gone then: the focus goes to what says why. */
  function gone(many: number) {
    removed.value = many === 1 ? "1 sample lead was removed." : `${many} sample leads were removed.`;
    status.current?.focus();
  }

  return (
    <>
      {samples.value > 0 && (
        <div class="banner">
          <p>
            {samples.value === 1 ? "1 lead shown here is a sample" : `${samples.value} leads shown here are samples`}, made up to fill
            the screens.
          </p>
          {mayRemove.has(person.value?.role) ? <Removal gone={gone} /> : <p class="soft">An admin, a marketer or a rep can remove them.</p>}
        </div>
      )}
      <p ref={status} class="soft" role="status" tabIndex={-1}>
        {removed}
      </p>
    </>
  );
}

/** The press that removes them, and the question before it. */
function Removal({ gone }: { gone: (many: number) => void }) {
  const asked = useSignal(false);
  const busy = useSignal(false);
  const problem = useSignal("");
  const ask = useRef<HTMLButtonElement>(null);
  const keep = useRef<HTMLButtonElement>(null);
  const answered = useRef(false);
  // Whoever presses twice by mistake has kept them. Back again, the focus is where it was.
  useEffect(() => {
    if (asked.value) keep.current?.focus();
    else if (answered.current) ask.current?.focus();
    answered.current = asked.value;
  }, [asked.value]);

  async function remove() {
    if (busy.value) return;
    busy.value = true;
    problem.value = "";
    await removeSamples().then(gone, (err) => (problem.value = messageOf(err)));
    busy.value = false;
  }

  function leave() {
    if (busy.value) return;
    asked.value = false;
    problem.value = "";
  }

  if (!asked.value) {
    return (
      <button ref={ask} class="button quiet" type="button" onClick={() => (asked.value = true)}>
        Remove sample leads
      </button>
    );
  }
  return (
    <div class="question" role="group" aria-labelledby="samples-question" onKeyDown={({ key }) => key === "Escape" && leave()}>
      <p id="samples-question">
        Remove every sample lead of your site, also those that are not listed here? They are gone for everybody and do not come back. Real leads stay.
      </p>
      <button class="button" type="button" aria-disabled={busy} onClick={remove}>
        {busy.value ? "Removing…" : "Remove them all"}
      </button>
      <button ref={keep} class="button quiet" type="button" aria-disabled={busy} onClick={leave}>
        Keep them
      </button>
      <p class="problem" role="alert">{problem}</p>
    </div>
  );
}
