import { useComputed } from "@preact/signals";
import { connection } from "../state/feed";
import { now } from "../state/clock";
import type { Connection } from "../stream/client";

const WORDS: Record<Connection["step"], string> = {
  live: "Live",
  connecting: "Connecting…",
  waiting: "Connection lost, trying again",
  offline: "No network, trying again",
  refused: "You may not read this site’s alerts",
};

/** The state of the live connection, in words; the countdown is for the eye alone. */
export function ConnectionState() {
  const { step } = connection.value;
  const countdown = useComputed(() => (now.value, countdownOf(connection.value)));
  return (
    <span class={`connection connection-${step}`} role="status" data-connection={step}>
      <span>
        {WORDS[step]}
        <span aria-hidden="true">{countdown}</span>
      </span>
    </span>
  );
}

function countdownOf(connection: Connection) {
  if (!("retryAt" in connection)) return "";
  return ` in ${Math.max(1, Math.ceil((connection.retryAt - Date.now()) / 1000))} s`;
}
