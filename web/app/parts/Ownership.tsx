import { useSignal } from "@preact/signals";
import { claim, release, standingOf } from "../state/owners";
import { person } from "../state/session";

/** Who has a lead, and the press that claims or releases it. */
export function Ownership({ lead, name }: { lead: string; name: string }) {
  const busy = useSignal(false);
  const note = useSignal("");
  const { owner, owner_name } = standingOf(lead).value;
  const mine = owner !== "" && owner === person.value?.id;

  async function act(call: (lead: string) => Promise<string>) {
    busy.value = true;
    note.value = await call(lead);
    busy.value = false;
  }

  return (
    <div class="ownership">
      {!owner && (
        <button class="button" disabled={busy} onClick={() => act(claim)}>
          Claim<span class="unseen"> {name}</span>
        </button>
      )}
      <span class={mine ? "owner mine" : "owner"}>
        {mine ? "You have it" : owner ? `${owner_name || "A colleague"} has it` : "Nobody has it yet"}
      </span>
      {mine && (
        <button class="button quiet" disabled={busy} onClick={() => act(release)}>
          Release<span class="unseen"> {name}</span>
        </button>
      )}
      <span class="note" role="status">
        {note}
      </span>
    </div>
  );
}
