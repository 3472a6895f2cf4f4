// The calls that the screens make, by name.
import { request } from "./client";
import type { FeedEntry, InstallReport, InstallSeen, InstallTags, InstallTrial, Lead, Page, Person } from "./types";

interface Session {
  person: Person;
}

const session = "/v1/session";
const actions = (lead: string) => `/v1/leads/${encodeURIComponent(lead)}/actions`;

/** Signs in; 401 where address and password do not match. */
export const signIn = (email: string, password: string) => request<Session>("POST", session, { email, password });

/** Signs in by a one-time link; 401 where it was used already. */
export const openLink = (token: string) => request<Session>("POST", session, { token });

/** Who is signed in; 401 for nobody. */
export const whoAmI = () => request<Session>("GET", session);

export const signOut = () => request<void>("DELETE", session);

/** The newest entries of the feed, oldest first. */
export const newestAlerts = (limit: number) => request<Page<FeedEntry>>("GET", `/v1/alerts?limit=${limit}`);

/** Entries of the feed after a cursor, oldest first. */
export const alertsAfter = (after: number, limit: number) => request<Page<FeedEntry>>("GET", `/v1/alerts?after=${after}&limit=${limit}`);

/** Takes a lead; 409 with the member `lead` where somebody was first. */
export const claim = (lead: string) => request<Lead>("POST", actions(lead), { action: "claim" });

/** Gives a lead back to everybody. */
export const release = (lead: string) => request<Lead>("POST", actions(lead), { action: "release" });

/** The leads seen last. */
export const latestLeads = (limit: number) => request<Page<Lead>>("GET", `/v1/leads?sort=last_seen&limit=${limit}`);

/** Removes every lead that is marked as a sample, and gives how many there were. */
export const removeSamples = () => request<{ deleted: number }>("DELETE", "/v1/samples");

/** The tags for the site's pages. */
export const installTags = () => request<InstallTags>("GET", "/v1/install");

/** Has a page fetched and looked at; 422 for an address that is none. */
export const checkPage = (url: string) => request<InstallReport>("POST", "/v1/install/check", { url });

/** Sends a test event, for the page at an address or any. */
export const sendTest = (url: string) => request<InstallTrial>("POST", "/v1/install/test", url ? { url } : {});

/** What the site's pages did after a cursor; without one, nothing but the cursor of now. */
export const seenPages = (after: string) => request<Page<InstallSeen>>("GET", `/v1/install/seen${after && `?after=${after}`}`);
