// The page's script: wires capture, visit, engine and forms together, and answers window.assay.
import { fault, typing, watchFields, watchPage } from "./capture";
import { loadEngine } from "./engine";
import { facts } from "./fields";
import { formName, knownForms } from "./forms";
import { rescore, show } from "./live";
import { attribute, fit, guard, matches, on, soon } from "./page";
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

/** Has the engine loaded once there are a session and a form; then tells the page that all is there. */
function prepare() {
  const current = visit();
  if (engineAsked || !current) return;
  scan();
  if (state.objected || !knownForms()[0]) return announce();
  engineAsked = true;
  // When the page is idle; half a second later at the latest, since somebody may be typing.
  (self.requestIdleCallback || setTimeout)(() => loadEngine(current).then(announce).then(wake), { timeout: 500 } as any);
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
    for (const form of knownForms()) {
      form.removeAttribute("data-assay-band");
      show(form);
    }
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
    const form: HTMLFormElement = event.target;
    if (!formName(form)) return;
    const alone = attribute(form, "submit") == "ajax";
    if (alone) event.preventDefault();
    // A form that checks itself in script is submitted with what the browser calls invalid: the page decides.
    if (alone || !matches(form, ":invalid")) return submit(form);
    setTimeout(guard(() => (event.defaultPrevented ? fault(form) : submit(form))));
  });
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
  on("pagehide", flush);
  deliverWaiting();
  begin();
  for (const command of queued) page.assay(...command);
}

if (page.assay?.loaded) console.warn("assay: loaded twice");
else guard(start)();
