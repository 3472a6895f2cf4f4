// Listens to a platform that asks visitors for consent, and passes on their answers by window.assay, as the page itself could.
// Loaded where the tag names a platform. README.md says what counts as an answer, and why.
import type { Tools } from "./tools";

/** How a platform came to a yes: the visitor said it, or nobody had to ask. */
export type Basis = "asked" | "unasked";

type Say = (given: boolean, basis?: Basis) => void;

/** What the IAB's CMP API tells, as far as it matters here. */
interface Choices {
  gdprApplies?: boolean;
  eventStatus?: string;
  purpose?: { consents?: Record<string, boolean> };
  publisher?: { consents?: Record<string, boolean> };
}

/** What pages say to Google's tags of consent. */
interface Command {
  [place: number]: any;
}

interface Global {
  (command: string, value?: unknown): void;
  loaded?: boolean;
}

const page = window as unknown as {
  assay: Global;
  __tcfapi?(command: string, version: number, heard: (choices: Choices | null, success: boolean) => void): void;
  dataLayer?: Command[];
};

/** Milliseconds until a consent that the platform gave on an earlier page, and does not confirm on this one, is over. */
const PATIENCE = 1e4;

/** Keeps what goes wrong here away from the platform, whose calls these are. */
const guard = <A extends unknown[]>(fn: (...args: A) => void) => (...args: A) => {
  try {
    fn(...args);
  } catch (err) {
    console.warn("assay:", err);
  }
};

/** The record of the site, as it is stored: empty where there is none. `platform` says that the consent in it is a platform's, and how it came to it. */
function recordOf(key: string): { consent?: boolean; platform?: Basis | false } {
  try {
    return JSON.parse(localStorage.getItem(key) || "{}") || {};
  } catch {
    return {};
  }
}

/** Notes in the record, if there is one, whose word the consent in it is. The script keeps what it finds there, and what it found before: so no note is taken out. */
function note(key: string, platform: Basis | false) {
  const record = recordOf(key);
  if (record.consent && (record.platform || false) !== platform) localStorage.setItem(key, JSON.stringify({ ...record, platform }));
}

/** Listens to a platform by its name in the tag, now or as soon as it is there. */
export function listen([site, , , , , , , , , , , , visit, allowed]: Tools, platform: string) {
  const platforms = new Map([["google", google], ["tcf", tcf]]);
  const attach = platforms.get(platform);
  if (!attach) return console.warn("assay: no such platform:", platform, "- known are", [...platforms.keys()].join(", "));
  const key = "assay." + site;
  const { assay } = page;
  // What the page says itself from here on is no platform's word.
  page.assay = Object.assign(
    guard((command: string, value?: unknown) => {
      assay(command, value);
      if (command == "consent") note(key, false);
    }),
    { loaded: true },
  );
  let said: boolean | undefined;
  const say: Say = (given, basis = "asked") => {
    // What is only said again is no new answer: the page may have said something else since.
    if (given == said) return recordOf(key).platform && guard(note)(key, basis);
    said = given;
    // A refusal where nothing was allowed anyway need not end the visit, which is in memory alone.
    if (given || allowed() || !visit()) assay("consent", given);
    guard(note)(key, basis);
  };
  // Whatever defines a platform is a script or adds a frame, and both are heard when they are loaded. A frame without an
  // address is at once, in the middle of the script that adds it.
  const look = () => queueMicrotask(guard(() => attach(say)));
  document.addEventListener("load", look, true);
  addEventListener("load", look);
  look();
  setTimeout(() => {
    const { consent, platform } = recordOf(key);
    if (said == null && consent && platform) say(false);
  }, PATIENCE);
}

let asked = false;

/** Storing and reading, and measuring how content is used: what the script does, in the words of the framework. */
const PURPOSES = [1, 8];

const covers = (consents: Record<string, boolean>) => PURPOSES.every((purpose) => consents[purpose] === true);

/** IAB TCF v2.2: asks to be told of all choices, by the API or by the stub that stands in for it. */
function tcf(say: Say) {
  if (asked || typeof page.__tcfapi != "function") return;
  asked = true;
  page.__tcfapi(
    "addEventListener",
    2,
    guard((choices, success) => {
      if (!success || !choices) return;
      const { gdprApplies, eventStatus, purpose, publisher } = choices;
      if (gdprApplies === false) return say(true, "unasked");
      if (eventStatus != "tcloaded" && eventStatus != "useractioncomplete") return;
      const own = publisher?.consents || {}; // many platforms ask nothing for the site itself, and list it as refused
      say(covers(purpose?.consents || {}) && (!Object.values(own).includes(true) || covers(own)));
    }),
  );
}

let known: Command[] | undefined;
let updated = false;
/** What holds while nobody was asked: undefined until the page says it, or where it depends on the visitor's region. */
let standing: boolean | undefined;
let regional = false;
/** Milliseconds that the page gives its platform for an answer. */
let wait = 0;

/** Settled when the page is loaded. */
const loaded = new Promise<unknown>((resolve) => {
  if (document.readyState == "complete") resolve(0);
  else addEventListener("load", resolve);
});

/** Google Consent Mode v2: reads what pages say to Google's tags, whether these are there or not. */
function google(say: Say) {
  const layer = (page.dataLayer ||= []);
  if (layer == known) return;
  known = layer;
  hear(layer, say);
  const { push } = layer;
  layer.push = function (...commands) {
    const answer = push.apply(this, commands);
    guard(hear)(commands, say);
    return answer;
  };
}

/** Hears the last word of some commands. */
function hear(commands: Command[], say: Say) {
  let word: boolean | undefined;
  for (const command of commands) {
    if (command?.[0] != "consent" || !command[2]) continue;
    const { analytics_storage: storage, region, wait_for_update } = command[2];
    const granted = storage == "granted";
    if (!storage) continue;
    if (command[1] == "update") word = granted;
    if (command[1] != "default") continue;
    if (region) regional = true;
    else standing = granted;
    wait = Math.max(wait, +wait_for_update || 0);
    loaded.then(() => setTimeout(() => !updated && !regional && standing && say(true, "unasked"), wait));
  }
  if (word == null) return;
  updated = true;
  say(word);
}
