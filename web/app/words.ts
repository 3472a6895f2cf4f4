// Every word that stands for a code of the interface.
import type { Alert, Band } from "./api/types";

const STAGES: Record<string, string> = {
  anonymous: "Anonymous",
  subscriber: "Subscriber",
  lead: "Lead",
  sales_ready: "Sales-ready",
  prospect: "Prospect",
  opportunity: "Opportunity",
  customer: "Customer",
  lost: "Lost",
  disqualified: "Disqualified",
  junk: "Junk",
};

const BANDS: Record<Band, string> = { cold: "Cold", warm: "Warm", hot: "Hot" };

const KINDS: Record<string, string> = {
  prospect: "New prospect",
  hand_raise: "Asked to talk",
  heated: "Heating up",
  live: "On a form now",
  follow_up: "Follow-up due",
  stalled: "Gone quiet",
  test: "Test event",
};

const VERDICTS: Record<string, string> = {
  corrected: "Score corrected by the server",
  unverified: "Not verified: no evidence came along",
  suspect: "Suspect: review before you act",
};

const FITS: Record<string, string> = {
  A: "fits very well",
  B: "fits well",
  C: "fits partly",
  D: "fits poorly",
  "?": "fit not known yet",
};

const LEVELS: Record<string, string> = {
  "1": "very engaged",
  "2": "engaged",
  "3": "slightly engaged",
  "4": "hardly engaged",
};

const SEVERITIES: Record<string, string> = { fine: "Fine", note: "Note", warning: "Warning", error: "Error" };

const STEPS: Record<string, string> = {
  boot: "Session",
  session: "Signature",
  touch: "Touch",
  lead: "Lead",
  alert: "Alert",
  removal: "Removal",
};

/** A code that this version does not know is shown as it is, readable. */
const plain = (code: string) => code.replaceAll("_", " ");

export const stageWord = (stage: string) => STAGES[stage] ?? plain(stage);
export const bandWord = (band: Band) => BANDS[band] ?? plain(band);
export const kindWord = (kind: string) => KINDS[kind] ?? plain(kind);

export const severityWord = (severity: string) => SEVERITIES[severity] ?? plain(severity);
export const stepWord = (step: string) => STEPS[step] ?? plain(step);

/** The label of a verdict, empty for the one that needs none. */
export const verdictWord = (verdict: string) => (verdict === "verified" ? "" : (VERDICTS[verdict] ?? plain(verdict)));

/** "A1" in words: "fits very well, very engaged". */
export const gradeWords = (grade: string) => `${FITS[grade[0]] ?? grade[0]}, ${LEVELS[grade[1]] ?? grade[1]}`;

/** Points with their sign; a true minus, so that digits stay in line. */
export const pointsWord = (points: number) => (points < 0 ? `−${-points}` : `+${points}`);

/** Who somebody is, in as few words as are known. */
export const whoWord = (who: Alert["who"]) => who.name || who.email || who.company || "Somebody";

const regions = new Intl.DisplayNames("en", { type: "region" });

/** A country's name where its code is known, else what the person wrote. */
export function countryWord(country: string) {
  return /^[A-Za-z]{2}$/.test(country) ? (regions.of(country.toUpperCase()) ?? country) : country;
}

/** The path of a page's address, which is what reps know it by. */
export function pageWord(page: string) {
  try {
    return new URL(page, location.origin).pathname;
  } catch {
    return page;
  }
}

/** How long ago, in one unit. */
export function agoWord(ms: number) {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 2) return "just now";
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  return `${Math.floor(seconds / 86_400)} d ago`;
}
