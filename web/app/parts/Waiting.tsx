import { entryNote } from "../state/entry";

/** What stands in place of a screen until it is known who is signed in. */
export function Waiting() {
  return (
    <main class="message" aria-busy={!entryNote.value}>
      {entryNote.value && <h1>No connection</h1>}
      <p role="status">{entryNote}</p>
    </main>
  );
}
