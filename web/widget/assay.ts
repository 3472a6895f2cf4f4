// The page's script: wires capture, visit, engine and forms together, and answers window.assay.
// The order makes some ten bytes of the compressed script.
import { FIELDS } from "./vocabulary";
import { formName, knownForms } from "./forms";
import { fault, typing, watchFields, watchPage } from "./capture";
import { extra } from "./tools";
import { rescore, show } from "./live";
import { facts } from "./fields";
import { cmp, fit, guard, matches, on, soon } from "./page";
import { deliverWaiting, hold, moves, submit } from "./touch";
import { loadEngine } from "./engine";
import { clear, load, save, settings, state } from "./state";
import { attribute } from "./element";
import { announce, ready, scan, watch } from "./scan";
import { begin, connect, flush, signal, visit } from "./visit";

type Command = [name: string, value?: any];

interface Global {
  (...command: Command): void;
  /** Commands that the page gave before the script was there. */
  q?: Iterable<Command>;
  loaded?: boolean;
}

const page = window as unknown as { assay?: Global };
let engineAsked = false;
let left = false;

/** Has record and scores brought up to date soon. */
const wake = soon(() => {
  flush();
  prepare();
  if (typing) return;
  rescore(left);
  left = false;
});

/** Has the engine loaded once there are a session and a form; then tells the page that all is there. */
function prepare() {
  const current = visit();
  if (engineAsked || !current) return;
  scan();
  if (state.objected || !knownForms()[0]) return announce();
  engineAsked = true;
  loadEngine(current).then(announce).then(wake);
  if (settings.more) extra("start");
}

/** What `assay(name, value)` does, by name. */
const commands: Record<string, (value?: any) => void> = {
  signal: (name) => signal(0, name + ""),
  consent(given) {
    load();
    state.consent = true;
    if (given) save();
    else clear();
  },
  identify(said) {
    FIELDS.forEach((name) => said[name] && (facts[name] = fit(said[name] + "")));
    wake();
  },
  object() {
    load();
    state.objected = true;
    state.visits = [];
    save();
    knownForms().forEach((form) => show(form));
  },
  forget: clear,
  ready: (call) => ready.then(call),
};

function start() {
  const queued = page.assay?.q || [];
  page.assay = guard((name, value) => commands[name](value));
  page.assay.loaded = true;
  // Submits first: whatever else a page breaks for us, they get through.
  on("submit", (event) => {
    const { target: form, submitter } = event;
    // A button that only closes the dialog takes the answers back.
    if (!formName(form) || submitter?.formMethod == "dialog") return;
    const alone = attribute(form, "submit") == "ajax";
    if (alone) event.preventDefault();
    // A form that checks itself in script is submitted with what the browser calls invalid: the page decides.
    if (alone || !matches(form, ":invalid")) return submit(form);
    setTimeout(guard(() => (event.defaultPrevented ? fault(form) : submit(form))));
  });
  // A form that a script sends has no submit event. Its entries are listed, and then a page or a frame is loaded by it.
  on("formdata", hold);
  (self as any).navigation?.addEventListener("navigate", moves);
  document.addEventListener("load", moves, true); // only a document hears what its parts load
  connect(wake);
  watchPage();
  watchFields(() => {
    left = true;
    wake();
  });
  on("focusin", (event) => {
    // Nobody fills in a form of a shadow tree without this, so nothing else looks for such trees.
    const path = event.composedPath();
    if (path[0] != event.target) extra("meet", path);
    begin();
  });
  watch(document);
  deliverWaiting();
  on("online", deliverWaiting);
  begin();
  if (cmp) extra("listen", cmp);
  for (const command of queued) page.assay(...command);
}

if (page.assay?.loaded) console.warn("assay:", "loaded twice");
else guard(start)();
