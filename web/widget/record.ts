// What visitors see of their record on our own page. Answers the page that a notice's link opened, and nobody else.
import type { Basis } from "./consent";
import { rate, type Rated } from "./rating";
import type { Tools } from "./tools";

/** What the browser holds and makes of it, as our page is told. What was typed into a form is not in it. */
export interface Held {
  /** Global Privacy Control or Do Not Track. */
  signal: boolean;
  objected: boolean;
  /** The visitor's word, if any, as the page or a platform tells it. */
  consent?: boolean;
  /** Where a platform said so, how it came to it. */
  platform?: Basis;
  /** Whether the site asks for consent. */
  asks: boolean;
  /** Whether storing and sending evidence is allowed. */
  allowed: boolean;
  /** Whether there is a record in the browser's storage. */
  kept: boolean;
  visitor?: string;
  visits: { began: number; seconds: number; referrer: string; utm: Record<string, string>; signals: [kind: number, at: number][] }[];
  /** Enquiries that the server has not acknowledged, by the names of what was said. */
  waiting: { form: string; at: string; fields: string[] }[];
  /** What `identify` said about the visitor: the page, or an answer beside the form. */
  facts: Record<string, string>;
  /** Whether engine and model are there to rate with. */
  engine: boolean;
  forms: Rated[];
}

/** What our page may ask for. */
export type Question = "read" | "object" | "forget";

const HOST = new URL(import.meta.url).origin;

/** The windows that were opened, by the key in their address; null until they have said so themselves. */
const opened = new Map<string, MessageEventSource | null>();

/** Has the page that is opened with this key told what it asks for. */
export function answer(tools: Tools, key: string) {
  if (!opened.size) listen(tools);
  opened.set(key, null);
}

function listen(tools: Tools) {
  addEventListener("message", (event) => {
    const { data, origin, source } = event;
    const said = data?.assay == "privacy" && data.key;
    if (origin != HOST || !source || !opened.has(said) || (opened.get(said) || source) != source) return;
    opened.set(said, source);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => reply(tools, port1, data);
    source.postMessage({ assay: "privacy" }, { targetOrigin: HOST, transfer: [port2] });
  });
}

/** Does what is asked and tells how things are then. */
async function reply(tools: Tools, port: MessagePort, { ask, n }: { ask: Question; n: number }) {
  let now: Held | undefined;
  try {
    if (ask == "object" || ask == "forget") await (window as any).assay(ask);
    if (ask == "forget") for (const name of Object.keys(tools[10])) delete tools[10][name]; // facts
    now = held(tools);
  } catch (err) {
    console.warn("assay:", err);
  }
  port.postMessage({ n, held: now });
}

/** What is held now. */
function held(tools: Tools): Held {
  const [site, , , , , , , , knownForms, , facts, present, , allowed] = tools;
  const [{ objected, consent, visitor, visits, waiting }, settings, engine] = present();
  const record = stored("assay." + site);
  const { globalPrivacyControl, doNotTrack } = navigator as Navigator & { globalPrivacyControl?: boolean };
  return {
    signal: !!globalPrivacyControl || +doNotTrack! > 0,
    objected: !!objected,
    consent,
    platform: (consent && record?.platform) || undefined,
    asks: settings.consent != "not-required",
    allowed: allowed(),
    kept: !!record,
    visitor,
    visits: visits.map(({ zero, active, source, pairs }) => ({
      began: zero,
      seconds: active,
      ...source,
      signals: pairs.map(([kind, ms]) => [kind, zero + ms]),
    })),
    waiting: waiting.map(({ form, at, profile, answers }) => ({ form, at, fields: Object.keys({ ...profile, ...answers }) })),
    facts: { ...facts },
    engine: !!engine,
    forms: knownForms().map((form) => rate(tools, form)),
  };
}

/** What the browser's storage holds under a name, if it holds anything. */
function stored(name: string): { platform?: Basis | false } | undefined {
  try {
    return JSON.parse(localStorage.getItem(name) || "null");
  } catch {
    return undefined;
  }
}
