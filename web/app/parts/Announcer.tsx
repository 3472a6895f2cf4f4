import { announcement } from "../state/notify";

/** Says new alerts to screen readers, when they are done with what they are saying. */
export function Announcer() {
  return (
    <p class="unseen" role="status" aria-live="polite">
      {announcement}
    </p>
  );
}
