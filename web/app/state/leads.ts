// The latest leads, and the samples among them.
import { computed, effect, signal } from "@preact/signals";
import * as api from "../api/calls";
import type { Lead } from "../api/types";
import { entriesHeard, reload } from "./feed";

const SHOWN = 30;
/** A burst of entries is one reason to look again. */
const SETTLE = 500;
/** Leads below the gate raise no alert: we look for them now and then. */
const PERIOD = 15_000;

/** Leads seen last, the newest first; undefined before the first answer. */
export const leads = signal<Lead[] | undefined>(undefined);

/** True while the last look has failed. */
export const stale = signal(false);

/** How many of them are samples. */
export const samples = computed(() => leads.value?.filter((lead) => lead.sample).length ?? 0);

/** Keeps the list fresh until the returned function is called. */
export function followLeads() {
  let timer = 0;
  const soon = () => {
    clearTimeout(timer);
    timer = window.setTimeout(refresh, SETTLE);
  };
  const whenSeen = () => document.visibilityState === "visible" && refresh();
  const stop = effect(() => {
    if (entriesHeard.value) soon();
  });
  const period = window.setInterval(whenSeen, PERIOD);
  document.addEventListener("visibilitychange", whenSeen);
  refresh();
  return () => {
    stop();
    clearTimeout(timer);
    clearInterval(period);
    document.removeEventListener("visibilitychange", whenSeen);
  };
}

/** Removes the sample leads everywhere, and gives how many there were. Throws Problem. */
export async function removeSamples() {
  const { deleted } = await api.removeSamples();
  await Promise.all([refresh(), reload()]);
  return deleted;
}

/** Looks again. What was there stays where that fails, and the next look comes by itself. */
async function refresh() {
  const page = await api.latestLeads(SHOWN).catch(() => null);
  stale.value = !page;
  if (page) leads.value = page.items;
}
