// What the site's pages do while somebody listens.
import { signal } from "@preact/signals";
import * as api from "../api/calls";
import { messageOf } from "../api/client";
import type { InstallSeen } from "../api/types";

/** Milliseconds between two questions: what happens is there within a moment. */
const EVERY = 1500;
/** Milliseconds after which nobody listens any more: a screen that was left open. */
const MOST = 15 * 60_000;
/** Things kept on screen. */
const SHOWN = 30;

/** The newest first. */
export const seen = signal<InstallSeen[]>([]);

/** Whether pages are listened to. */
export const listening = signal(false);

/** Why the last question was not answered, or empty. */
export const seenProblem = signal("");

let timer = 0;
/** Counts the times that somebody began to listen, so that an answer of an earlier one begins nothing. */
let turns = 0;

/** Listens from now on, until `stopListening` or a quarter of an hour is over. */
export function listen() {
  if (listening.value) return;
  const end = Date.now() + MOST;
  const turn = ++turns;
  listening.value = true;
  seen.value = [];
  let after = "";
  const ask = async () => {
    try {
      const page = await api.seenPages(after);
      if (turn !== turns) return;
      after = page.next_cursor;
      seenProblem.value = "";
      if (page.items.length) seen.value = [...page.items.reverse(), ...seen.value].slice(0, SHOWN);
    } catch (err) {
      seenProblem.value = messageOf(err);
    }
    if (turn !== turns || !listening.value) return;
    if (Date.now() > end) stopListening();
    else timer = window.setTimeout(ask, EVERY);
  };
  ask();
}

/** Listens no more; what was seen stays on screen. */
export function stopListening() {
  listening.value = false;
  clearTimeout(timer);
}
