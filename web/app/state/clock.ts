// The server's clock, read once a second.
import { signal } from "@preact/signals";

let offset = 0;

/** The server's time in Unix milliseconds. */
export const now = signal(Date.now());

/** Sets the clock by a time that the server just sent. */
export function setClock(serverTime: string) {
  offset = Date.parse(serverTime) - Date.now();
  tick();
}

function tick() {
  now.value = Date.now() + offset;
}

setInterval(tick, 1000);
