// Who has each lead, as last heard: shared by all cards of a lead.
import { signal, type Signal } from "@preact/signals";
import * as api from "../api/calls";
import { messageOf, Problem } from "../api/client";
import type { Lead } from "../api/types";

/** What changes about a lead while its card is shown. */
export interface Standing {
  owner: string;
  owner_name: string;
  stage: string;
}

/** Leads remembered: far more than there are cards. */
const REMEMBERED = 5000;

const standings = new Map<string, Signal<Standing>>();

/** The standing of a lead, to be read and followed. */
export function standingOf(lead: string): Signal<Standing> {
  let standing = standings.get(lead);
  if (!standing) standings.set(lead, (standing = signal({ owner: "", owner_name: "", stage: "" })));
  return standing;
}

/** Takes over what the server said about a lead. */
export function setStanding(lead: string, { owner, owner_name, stage }: Standing) {
  const standing = standingOf(lead);
  standing.value = { owner, owner_name, stage };
  standings.delete(lead); // and in again as the newest
  standings.set(lead, standing);
  if (standings.size > REMEMBERED) standings.delete(standings.keys().next().value!);
}

/** Whether anything was heard of a lead yet. */
export const hasStanding = (lead: string) => standings.has(lead);

export const forgetStandings = () => standings.clear();

/** Claims a lead; gives what to tell the person, empty when it is theirs now. */
export const claim = (lead: string) => act(lead, api.claim);

/** Releases a lead; gives what to tell the person, empty when it is free now. */
export const release = (lead: string) => act(lead, api.release);

async function act(lead: string, call: (lead: string) => Promise<Lead>) {
  try {
    setStanding(lead, await call(lead));
    return "";
  } catch (err) {
    const current = err instanceof Problem && err.status === 409 ? (err.members.lead as Lead | undefined) : undefined;
    if (!current) return messageOf(err);
    setStanding(lead, current);
    return current.owner ? `${current.owner_name || "Somebody else"} was first.` : "Nobody has it any more.";
  }
}
