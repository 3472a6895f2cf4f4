// A submitted form becomes a touch. The page's own submit is never changed, delayed or repeated.
import { flush, serverTime, signal, visit } from "./visit";
import { bare, emit, encoder, get, guard, randomId, site } from "./page";
import { countSubmit } from "./live";
import { look } from "./scan";
import { allowed, lastVisit, load, save, state, type Touch, type Visit } from "./state";
import { KINDS } from "./vocabulary";
import { read } from "./fields";
import { evidence, engineBoot, score } from "./engine";
import { Signal } from "./signals";
import { fail, formKind, formName, memory } from "./forms";

type Said = ReturnType<typeof read>;

/** A body that a browser takes for delivery after the page has gone, with room to spare. */
const MAX_BODY = 6e4;
/** Undelivered touches that are kept, the newest. */
const MAX_WAITING = 8;

/** A form and what it said when its entries were listed without a submit event: it was sent by script, or only looked at. */
let held: [form?: HTMLFormElement, said?: Said, target?: string] = [];

/** Holds what a form says now, unless that was sent already. */
export function hold({ target: form }: { target: HTMLFormElement }) {
  held = [];
  if (!formName(form)) return;
  const said = read(form);
  if (!memory(form)[JSON.stringify(said)]) held = [form, said, form.target];
}

/** Sends what is held, once it is known that a form went: by what a page left for, or by the name of a frame that was loaded. */
export const moves = guard(({ sourceElement, target }: { sourceElement?: Element; target?: any }) => {
  look();
  const by = sourceElement || target.name;
  if (by && held.includes(by)) submit(...(held as [any]));
});

/** Sends what a form says and what the visit showed; runs before the page navigates. */
export function submit(form: HTMLFormElement, said = read(form)) {
  held = [];
  const known = memory(form);
  const kind = formKind(form);
  const content = JSON.stringify(said);
  // The same content from the same page is the same touch, be it a double press or one more try.
  const before = known[content] as Touch | undefined;
  if (before && before.objected == state.objected) return deliver(before, form);
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
  };
  prove(touch, consent && current ? state.visits : [], 1 << kind);
  known[content] = touch;
  state.waiting = [...state.waiting, touch].slice(-MAX_WAITING);
  save();
  return deliver(touch, form);
}

/** Adds evidence and claim to a touch. What a body cannot hold goes: the oldest visits first, then the answers. */
export function prove(touch: Touch, visits: Visit[], forms: number) {
  touch.objected = state.objected;
  touch.visits = visits.map(({ session, pairs }) => {
    try {
      return { session, evidence: (evidence(pairs) as any).toBase64({ alphabet: "base64url" }) };
    } catch {
      return { session, signals: pairs }; // no engine, or a browser that does not know this way to write bytes
    }
  });
  (touch.visits as any).toJSON = 0; // an old library's own, which would make a text of the list
  if (encoder.encode(JSON.stringify(touch)).length > MAX_BODY) {
    if (visits[1]) return prove(touch, visits.slice(1), forms);
    touch.answers = {};
  }
  try {
    const { started, pairs } = visits.at(-1)!;
    const { grade, reasons, ...claim } = score(visits, touch.profile, forms, started + pairs.at(-1)![1] / 1000);
    touch.claim = claim;
  } catch {
    touch.claim = undefined; // no visit, no engine, or more than a case can hold: the server scores alone
  }
}

/** Milliseconds, doubled before each new try, until one arrives. */
let pause = 5000;
/** The one that is under way to the next try, else 0: one for each failure would ask a server that is down ever more often. */
let timer = 0;

/** Sends a touch; tells whether that is over. Where the server cannot take it now, it goes on waiting in the record, under the same id. */
async function deliver(touch: Touch, form?: HTMLFormElement) {
  load();
  if (state.objected) prove(touch, [], 0); // an enquiry that waited still arrives, and shows nothing
  const body = JSON.stringify(touch);
  // Until an answer is read, its request counts towards what a browser takes for delivery at once.
  const cause: any = await get("/v1/touches", "text", body).then(() => 0, (cause) => cause);
  const over = cause < 500 && cause != 429;
  load();
  if (over) {
    state.waiting = state.waiting.filter(({ id }) => id != touch.id);
    state.visits = state.visits.filter((visit) => visit == lastVisit() || !body.includes(visit.session));
    save();
    pause = 5000;
  } else timer ||= setTimeout(deliverWaiting, (pause *= 2)) as any;
  if (form) cause ? fail("submit", cause, [form]) : emit(form, "submitted", { id: touch.id });
  return over;
}

/** Sends what waits, as the record has it now, one by one. */
export const deliverWaiting = guard(async () => {
  load();
  clearTimeout(timer);
  timer = 0;
  for (let i = 0; state.waiting[i]; ) (await deliver(state.waiting[i])) || i++;
});
