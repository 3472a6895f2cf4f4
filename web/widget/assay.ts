// The page's script: wires capture, visit, engine and forms together, and answers window.assay.
import { fault, typing, watchFields, watchPage } from "./capture";
import { loadEngine } from "./engine";
import { facts } from "./fields";
import { formName, knownForms } from "./forms";
import { rescore } from "./live";
import { attribute, fit, guard, on, soon } from "./page";
import { announce, ready, scan, watch } from "./scan";
import { clear, load, save, state } from "./state";
import { deliverWaiting, submit } from "./touch";
import { begin, connect, flush, signal, visit } from "./visit";
import { FIELDS, signalCode } from "./vocabulary";

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

/** Loads the engine once there are a session and a form; then tells the page that all is there. */
async function prepare() {
  const current = visit();
  if (engineAsked || !current) return;
  if (!state.objected && knownForms()[0]) {
    engineAsked = true;
    await loadEngine(current).catch(() => {}); // forbidden or gone: the server scores alone
    wake();
  }
  scan();
  announce();
}

/** What `assay(name, value)` does, by name. */
const commands: Record<string, (value?: any) => void> = {
  signal(name) {
    const kind = signalCode(name);
    if (!kind) throw name;
    signal(kind);
  },
  consent(given) {
    load();
    state.consent = true;
    if (given) save();
    else clear();
  },
  identify(said) {
    for (const name of FIELDS) if (said[name]) facts[name] = fit(said[name] + "");
    wake();
  },
  object() {
    load();
    state.objected = true;
    clear();
    for (const form of knownForms()) delete form.dataset.assayBand;
  },
  forget: clear,
  ready: (call) => ready.then(call),
};

function start() {
  const queued = page.assay?.q || [];
  page.assay = guard((name, value) => commands[name](value));
  page.assay.loaded = true;
  load();
  connect(wake);
  watchPage();
  watchFields(() => {
    left = true;
    wake();
  });
  on("pointerdown", begin);
  on("keydown", begin);
  watch();
  on("submit", (event) => {
    const form: HTMLFormElement = event.target;
    if (!formName(form)) return;
    const alone = attribute(form, "submit") == "ajax";
    if (alone) event.preventDefault();
    // A form that checks itself in script is submitted with what the browser calls invalid: the page decides.
    if (alone || !form.matches(":invalid")) submit(form);
    else setTimeout(guard(() => (event.defaultPrevented ? fault(form) : submit(form))));
  });
  on("pagehide", flush);
  deliverWaiting();
  begin();
  for (const command of queued) page.assay(...command);
}

if (page.assay?.loaded) console.warn("assay: loaded twice");
else guard(start)();
