import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { claim, release, standingOf } from "../state/owners";
import { person } from "../state/session";

/** Who has a lead, and the press that claims or releases it. */
export function Ownership({ lead, name }: { lead: string; name: string }) {
  const busy = useSignal(false);
  const note = useSignal("");
  const { owner, owner_name } = standingOf(lead).value;
  const mine = owner !== "" && owner === person.value?.id;

  const status = useRef<HTMLSpanElement>(null);

  async function act(call: (lead: string) => Promise<string>) {
    if (busy.value) return;
    busy.value = true;
    note.value = await call(lead);
    busy.value = false;
    requestAnimationFrame(keepFocus);
  }

  /** Where somebody was first, the button is gone that was pressed: the focus goes to what says so. */
  function keepFocus() {
    if (document.activeElement === document.body) status.current?.focus();
  }

  return (
    <div class="ownership">
      {(mine || !owner) && (
        // One button for both, never disabled: it keeps the focus.
        <button class={mine ? "button quiet" : "button"} aria-disabled={busy} onClick={() => act(mine ? release : claim)}>
          {mine ? "Release" : "Claim"}
          <span class="unseen"> {name}</span>
        </button>
      )}
      <span class={mine ? "owner mine" : "owner"}>
        {mine ? "You have it" : owner ? `${owner_name || "A colleague"} has it` : "Nobody has it yet"}
      </span>
      <span ref={status} class="note" role="status" tabIndex={-1}>
        {note}
      </span>
    </div>
  );
}
