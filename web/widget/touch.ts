// A submitted form becomes a touch. The page's own submit is never changed, delayed or repeated.
import { evidence, engineBoot, score } from "./engine";
import { read } from "./fields";
import { fail, formKind, formName, memory } from "./forms";
import { countSubmit } from "./live";
import { bare, emit, randomId, request, site } from "./page";
import { allowed, lastVisit, load, save, state, type Touch, type Visit } from "./state";
import { KINDS, Signal } from "./vocabulary";
import { flush, serverTime, signal, visit } from "./visit";

/** A body that a browser takes for delivery after the page has gone, with room to spare. */
const MAX_BODY = 6e4;
/** A second submit of the same content within this many milliseconds is a double press. */
const DOUBLE_PRESS = 3000;

/** Sends what a form says and what the visit showed; runs before the page navigates. */
export function submit(form: HTMLFormElement) {
  const known = memory(form);
  const kind = formKind(form);
  const said = read(form);
  const content = JSON.stringify(said);
  if (content == known.content) return;
  known.content = content;
  setTimeout(() => (known.content = ""), DOUBLE_PRESS);
  known[Signal.FormAbandoned] = true;
  signal(Signal.FormSubmitted, form);
  countSubmit(1 << kind);
  flush();

  const current = visit();
  const consent = allowed();
  const touch: Touch = {
    ...said,
    id: randomId(),
    type: "submit",
    site,
    visitor: state.visitor,
    at: new Date(serverTime() * 1000).toJSON(),
    form: formName(form)!,
    form_kind: KINDS[kind],
    page: bare(location.href),
    ...current?.source,
    model: engineBoot?.model || current?.model,
    visits: [],
    consent,
    objected: state.objected,
  };
  if (consent && current) prove(touch, state.visits, 1 << kind);
  state.waiting.push(touch);
  save();
  deliver(touch, form);
}

/** Adds evidence and claim to a touch. What a body cannot hold goes: the oldest visits first, then the answers. */
function prove(touch: Touch, visits: Visit[], forms: number) {
  touch.visits = visits.map(({ session, pairs }) =>
    engineBoot ? { session, evidence: base64url(evidence(pairs)) } : { session, signals: pairs },
  );
  if (new Blob([JSON.stringify(touch)]).size > MAX_BODY) {
    if (visits[1]) return prove(touch, visits.slice(1), forms);
    touch.answers = {};
  }
  const [{ started, pairs }] = visits.slice(-1);
  try {
    const { grade, reasons, ...claim } = score(visits, touch.profile, forms, started + pairs[pairs.length - 1][1] / 1000);
    touch.claim = claim;
  } catch {
    // no engine, or more than a case can hold: the server scores alone
  }
}

const base64url = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");

/** Sends a touch. Where the server cannot take it now, it goes on waiting in the record, under the same id. */
async function deliver(touch: Touch, form?: HTMLFormElement) {
  const answer = await request("/v1/touches", JSON.stringify(touch)).catch(() => {}); // offline, or blocked
  const status = answer?.status!;
  load();
  if (status < 500 && status != 429) {
    state.waiting = state.waiting.filter(({ id }) => id != touch.id);
    state.visits = state.visits.filter(
      (visit) => visit == lastVisit() || !touch.visits.some(({ session }) => session == visit.session),
    );
    save();
  }
  if (!form) return;
  if (answer?.ok) emit(form, "submitted", { id: touch.id });
  else fail("submit", status, [form]);
}

/** Sends what waited on an earlier page. The server refuses what is older than a week, and it is dropped. */
export function deliverWaiting() {
  for (const touch of state.waiting) deliver(touch);
}
