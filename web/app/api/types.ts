// Shapes of the HTTP interface and the stream, as far as the screens use them.

/** How a marketer's page and a rep's feed sum a score up. */
export type Band = "cold" | "warm" | "hot";

/** Somebody who may sign in. */
export interface Person {
  id: string;
  email: string;
  name: string;
  role: "admin" | "marketer" | "rep" | "read";
  site: string;
}

/** One line of a score. */
export interface Reason {
  label: string;
  points: number;
}

/** What an alert tells; `lead` is the lead's id, `owner` a person's or empty. */
export interface Alert {
  lead: string;
  kind: string;
  quiet?: boolean;
  who: { name: string; company: string; role: string; email: string; phone: string; country: string };
  form: string;
  page: string;
  stage: string;
  grade: string;
  band: Band;
  verdict: string;
  reasons: Reason[];
  questions: string[];
  owner: string;
  owner_name: string;
}

/** That a lead got or lost its owner, or moved. */
export interface LeadChange {
  lead: string;
  change: "claimed" | "released" | "moved";
  owner: string;
  owner_name: string;
  stage: string;
  grade: string;
  band: Band;
}

interface Entry<Type extends string, Data> {
  type: Type;
  id: string;
  cursor: number;
  at: string;
  data: Data;
}

export type AlertEntry = Entry<"alert", Alert>;
export type LeadEntry = Entry<"lead", LeadChange>;

/** What stands in the feed under a cursor. */
export type FeedEntry = AlertEntry | LeadEntry;

/** The stream's first message. */
export type Hello = Entry<"hello", { protocol: string; person: Person; now: string; missed: number }>;

/** One contact, as lists show it. */
export interface Lead {
  id: string;
  stage: string;
  grade: string;
  band: Band;
  owner: string;
  owner_name: string;
  email: string;
  name: string;
  company: string;
  last_seen: string;
  sample: boolean;
}

/** A list's page. */
export interface Page<Item> {
  items: Item[];
  next_cursor: string;
}

/** What a customer pastes into a page. */
export interface InstallTags {
  site: string;
  tag: string;
  pinned_tag: string;
}

/** One thing that was found or tried; `do` is what mends it. */
export interface Finding {
  code: string;
  severity: "fine" | "note" | "warning" | "error";
  sentence: string;
  do?: string;
}

/** How a page has the tag and its forms. */
export interface InstallReport {
  url: string;
  works: boolean;
  findings: Finding[];
  forms: { name?: string; kind?: string; fields: { name: string; type: string; as: string }[] }[];
}

/** How a test event came through; `ms` is the server's time for a step. */
export interface InstallTrial {
  origin: string;
  email: string;
  works: boolean;
  steps: (Finding & { step: string; ms: number })[];
}

/** Something that a page of the site did: asked for a session, was turned away, or sent a form. */
export interface InstallSeen extends Finding {
  n: number;
  at: string;
  page?: string;
  form?: string;
  kind?: string;
  grade?: string;
}
