// What few pages use: loaded as a module of its own when a page asks for it. It keeps nothing and imports nothing that does,
// since whatever it imports would be there twice; the script hands over all that it needs.
import { answerOf, attribute, CONTROLS, type Field } from "./element";
import type { Panel } from "./state";
import type { Tools } from "./tools";
import { Signal } from "./signals";
import type * as English from "./words.en";
import { notice as english } from "./words.en";

/** Makes parts that announce a status polite, fills in notices that have no link yet, and meets frames. */
export function fill(tools: Tools, parts: HTMLElement[]) {
  for (const part of parts) {
    if (part.localName == "iframe") frame(tools, part as HTMLIFrameElement);
    else if (attribute(part, "announce") != null) part.role = "status"; // polite by itself
    else if (attribute(part, "notice") == null) link(tools, part); // of whatever kind: a drawing's own, a page's own element
    else if (!part.querySelector("a")) notice(tools, part);
  }
}

/** Logs what is done with a link to a file. */
function link([, , , , , signal, memory]: Tools, part: HTMLElement) {
  const known = memory(part);
  if (!known.link) part.addEventListener("click", () => signal(Signal.FileDownloaded));
  known.link = true;
}

/** Takes in a frame of the page's own origin once it is loaded, but for one with a tag of its own. */
function frame(tools: Tools, { contentDocument: tree, contentWindow }: HTMLIFrameElement) {
  if (tree?.readyState != "complete") return; // not loaded, or a stranger's
  const { assay, navigation } = contentWindow as { assay?: unknown; navigation?: EventTarget };
  if (assay || !meet(tools, [tree])) return;
  navigation?.addEventListener("navigate", tools[17]);
  tree.addEventListener("load", tools[17], true);
}

/** Takes in the trees that hide their events from the page, of all that an event went through; gives how many were new. */
export function meet([, , roots, heard, watch]: Tools, path: (EventTarget | ParentNode)[]) {
  const met = (path as any[]).filter((tree) => tree.nodeType > 8 && !roots.includes(tree));
  for (const tree of met) {
    roots.push(tree);
    for (const listener of heard) tree.addEventListener(...listener);
    watch(tree);
  }
  return met.length;
}

/** Says that the enquiry is rated, from what, and that a person decides; links to what the visitor can do about it. */
async function notice(tools: Tools, place: Element) {
  const { words, notice = english } = await wordsFor(place);
  if (place.querySelector("a")) return; // it was asked for twice
  const text = document.createElement("span");
  // The page's language may be another, and run the other way: its own part keeps its side and its marks.
  text.lang = words?.lang || "en";
  text.dir = "ltr"; // as all of ours are
  const link = document.createElement("a");
  link.href = new URL("/privacy/" + tools[0], import.meta.url).href;
  link.target = "_blank";
  link.textContent = notice[1];
  link.rel = "opener"; // our own page asks this one what is held
  link.addEventListener("click", () => answerTo(tools, link));
  text.append(notice[0], link);
  place.replaceChildren(text);
}

/**
 * Answers the page that a notice's link is about to open, by a key that nobody else has. The link names our origin, so that
 * the page asks no other: one around ours could hear the key, and answer first.
 */
async function answerTo(tools: Tools, link: HTMLAnchorElement) {
  const key = crypto.getRandomValues(new Uint32Array(4)).join("-");
  const { origin: ours } = location; // in a frame of markup alone there is none
  link.hash = key + "," + (ours !== "null" ? ours : origin); // before the browser follows the link
  const record = await part<typeof import("./record")>(RECORD).catch(() => {}); // blocked: the page opened says that nobody answers
  record?.answer(tools, key);
}

/**
 * Shows what the page keeps for a band, and hides it all without one. What holds the focus or is needed to submit is never
 * hidden, nor is what was answered: it would be sent unseen.
 */
export function show([, all, , , , , , formName]: Tools, form: HTMLFormElement, band?: string) {
  const name = formName(form);
  if (!band) form.removeAttribute("data-assay-band");
  for (const part of all("[data-assay-show]")) {
    const target = attribute(part, "for");
    if (target ? ![name, form.getAttribute("id")].includes(target) : part.closest("form") != form) continue;
    const bound = (field: Field) =>
      field.matches(CONTROLS) && (field.required || /^(sub|ima)/.test(field.type) || (!part.hidden && answerOf(field)));
    const controls = [...part.querySelectorAll<Field>(CONTROLS), part as Field];
    part.hidden = !attribute(part, "show")!.includes(band!) && !part.matches(":focus-within") && !controls.some(bound);
  }
}

/** The addresses of modules that fewer pages use, named by their content: the build puts them in. */
declare const CONSENT: string;
declare const LEAVE: string;
declare const PANEL: string;
declare const PRESENCE: string;
declare const RECORD: string;
declare const WORDS: Record<string, string>;

/** What a site may switch on beyond what every page has. */
interface Switched {
  live?: boolean;
  leave?: boolean;
  panel?: Panel;
}

/** Begins it: presence once somebody fills in a form, and what is told of one that is left with the first focus. */
export async function start(tools: Tools) {
  const { live, leave, panel }: Switched = tools[11]()[1];
  /** Has a module begin with the first event of a type; where it is blocked, nobody is told. */
  const later = (type: string, address: string) => {
    const come = () => part<{ begin(tools: Tools): void }>(address).then(({ begin }) => begin(tools), () => {});
    addEventListener(type, come, { capture: true, once: true });
  };
  if (live) later("input", PRESENCE);
  // A field that has the focus already has no such event any more.
  if (leave) later(document.activeElement == document.body ? "focusin" : "input", LEAVE);
  if (panel) (await part<typeof import("./panel")>(PANEL)).offer(tools, panel, wordsFor);
}

/** Listens to a platform that asks visitors for consent, and passes on what they say. */
export async function listen(tools: Tools, platform: string) {
  (await part<typeof import("./consent")>(CONSENT)).listen(tools, platform);
}

const part = <M>(address: string): Promise<M> => import(new URL(address, import.meta.url).href);

/** The words in the language of a place on the page; none where that is English, or one that we do not speak. */
async function wordsFor(place: Element): Promise<Partial<typeof English>> {
  const { lang } = place.closest<HTMLElement>("[lang]") || document.documentElement;
  const address = WORDS[lang.toLowerCase().split("-")[0]];
  return address ? part<typeof English>(address).catch(() => ({})) : {};
}
