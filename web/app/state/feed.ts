// The feed: history first, then the stream, every entry once.
import { batch, computed, effect, signal, untracked } from "@preact/signals";
import * as api from "../api/calls";
import { Problem } from "../api/client";
import type { AlertEntry, FeedEntry } from "../api/types";
import { openStream, type Connection } from "../stream/client";
import { setClock } from "./clock";
import { notify } from "./notify";
import { readHistory } from "./history";
import { forgetStandings, hasStanding, setStanding, standingOf } from "./owners";
import { person, sessionEnded } from "./session";

/** Alerts kept on screen; older ones are history. */
const SHOWN = 100;
/** Ids remembered against showing twice: far more than one resume can repeat. */
const REMEMBERED = 5000;

/** The newest alerts, newest first. */
export const alerts = signal<AlertEntry[]>([]);

/** True once the history is there: an empty feed is then truly empty. */
export const loaded = signal(false);

/** Where the connection to the stream stands. */
export const connection = signal<Connection>({ step: "connecting" });

/** Counts entries of any type, for those who want to look again after each. */
export const entriesHeard = signal(0);

/** How many of the alerts shown nobody has yet. */
export const unclaimed = computed(() => alerts.value.filter(({ data }) => !standingOf(data.lead).value.owner).length);

const seen = new Set<string>();
let cursor: number | undefined;

/** Runs the feed while somebody is signed in. */
export function followSession() {
  effect(() => (person.value ? untracked(run) : undefined));
}

/** Reads the history again and shows it in place of what was there, under the same stream; what came meanwhile stays. */
export async function reload() {
  const reader = person.value;
  const history = await readHistory(SHOWN);
  if (person.value !== reader) return;
  batch(() => {
    alerts.value = alerts.value.filter(({ cursor: at }) => at > history.cursor);
    for (const entry of history.entries) {
      seen.add(entry.id);
      // The stream has told of every change since, so that what we know of a lead is the newest.
      if (!hasStanding(entry.data.lead)) setStanding(entry.data.lead, entry.data);
      if (entry.type === "alert") show(entry);
    }
    entriesHeard.value++;
  });
}

function run() {
  reset();
  const close = openStream({
    resumeAfter,
    hello: (hello) => setClock(hello.data.now),
    entry: (entry) => accept(entry) && entry.type === "alert" && notify(entry),
    reached: (at) => (cursor = Math.max(cursor ?? 0, at)),
    connection: (value) => (connection.value = value),
    signedOut: sessionEnded,
  });
  return () => {
    close();
    reset();
  };
}

function reset() {
  alerts.value = [];
  loaded.value = false;
  cursor = undefined;
  seen.clear();
  forgetStandings();
}

async function resumeAfter(doubt: boolean) {
  try {
    if (cursor === undefined) await loadHistory();
    else if (doubt) await api.whoAmI();
  } catch (err) {
    if (err instanceof Problem && err.status === 401) return undefined;
    throw err;
  }
  return cursor;
}

async function loadHistory() {
  const reader = person.value;
  const history = await readHistory(SHOWN);
  if (person.value !== reader) return;
  batch(() => {
    cursor ??= history.cursor;
    history.entries.forEach(accept);
    loaded.value = true;
  });
}

/** Takes an entry in; false where it was there already. */
function accept(entry: FeedEntry) {
  if (seen.has(entry.id)) return false;
  remember(entry);
  setStanding(entry.data.lead, entry.data);
  if (entry.type === "alert") show(entry);
  entriesHeard.value++;
  return true;
}

function show(entry: AlertEntry) {
  alerts.value = [entry, ...alerts.value].sort((a, b) => b.cursor - a.cursor).slice(0, SHOWN);
}

function remember({ id, cursor: at }: FeedEntry) {
  cursor = Math.max(cursor ?? 0, at);
  seen.add(id);
  if (seen.size > REMEMBERED) seen.delete(seen.values().next().value!);
}
