// What a site may offer beside a form: "talk to us now" once the form is hot, and one more question once it is begun and warm. Loaded
// where the site has switched one of them on.
import { attribute } from "./element";
import { isThere, make, open, type Box } from "./panelbox";
import { PRESETS } from "./presets";
import { worthMost } from "./question";
import { Signal } from "./signals";
import type { Panel } from "./state";
import type { Tools } from "./tools";
import type { Words } from "./words";
import { words as english } from "./words.en";

/** Pixels that a frame shows at least, for what is offered to be beside its form and not all over it. */
const [WIDE, HIGH] = [360, 400];

/** Whether there is room beside a form: on the page, and in a frame that is large enough, and no higher than what can be seen of it. */
function hasRoom({ ownerDocument: { defaultView: view } }: HTMLFormElement) {
  return view == window || (view!.innerWidth >= WIDE && view!.innerHeight >= HIGH && view!.innerHeight <= innerHeight);
}

/** Offers what is due by the forms' bands, now and whenever one changes. */
export function offer(tools: Tools, { booking_url, ask }: Panel, wordsFor: (part: Element) => Promise<{ words?: Words }>) {
  const [, , roots, heard, , , memory, , knownForms, , facts, present] = tools;
  /** What can be offered still, for the owner. */
  let talk: boolean;
  let question: boolean;
  /** The form that the panel is for: the first that something is due for, as long as it is on the page. */
  let owner: HTMLFormElement | undefined;
  let box: Box | undefined;
  let select: HTMLSelectElement | undefined;
  let over = false;

  /** What a visitor closes stays closed for the page; so does what is offered to somebody who objects. */
  function close() {
    over = true;
    box?.remove();
  }
  const objected = new MutationObserver(() => attribute(owner!, "band") || close());

  async function consider(form: HTMLFormElement) {
    const band = attribute(form, "band");
    if (over || !band || present()[0].objected) return;
    if (!owner || !isThere(owner)) {
      if (!hasRoom(form)) return;
      box?.remove();
      box = select = undefined;
      owner = form;
      talk = !!booking_url;
      question = !!ask;
      objected.observe(form, { attributeFilter: ["data-assay-band"] });
    }
    if (form != owner) return;
    const talkNow = talk && band == "hot";
    const field = question && memory(form)[Signal.FormStarted] ? worthMost(tools, form, ask!) : undefined;
    if (!talkNow && !field) return;
    if (talkNow) talk = false;
    if (field) question = false;
    const { words = english } = await wordsFor(form);
    if (over || form != owner) return;
    box ||= open(tools, form, words, close);
    if (field) askFor(field, words, box);
    if (talkNow) box.add(words.talk[0], words.talk[1], link(words));
  }

  /** Asks a question. The answer that is chosen is a fact about the person, never a field of the page's form. */
  function askFor(field: string, { ask: [sentence, none], questions }: Words, box: Box) {
    const [question, answers] = questions[field];
    const values = PRESETS[field].split("|");
    const labels = (answers || PRESETS[field].replace(/-/g, "–")).split("|");
    const choices = values.map((value, i) => new Option(labels[i], value));
    select = make("select", { id: "answer", dir: "auto" }, new Option(none, ""), ...choices);
    select.onchange = () => {
      const { value } = select!;
      if (!value) delete facts[field];
      (window as any).assay("identify", { [field]: value });
    };
    box.add(make("label", { htmlFor: "answer" }, question), sentence, select);
  }

  const link = ({ talk }: Words) =>
    make("a", { href: booking_url, target: "_blank", rel: "noopener", dir: "auto" }, talk[2], make("span", {}, ` (${talk[3]})`));

  const look = (form: HTMLFormElement) => consider(form).catch((err) => console.warn("assay:", err)); // nothing of ours fails the page

  /** Listens to a form's page, and to those of frames that come later: no event leaves a frame, as it does a shadow tree. */
  function hear(type: string, fn: (form: HTMLFormElement) => void) {
    const listen = (event: Event) => {
      const form = event.composedPath()[0] as HTMLFormElement;
      if (event.currentTarget == form.ownerDocument) fn(form);
    };
    heard.push([type, listen, true]);
    for (const root of roots) root.addEventListener(type, listen, true);
  }
  hear("assay:score", look);
  hear("assay:submitted", (form) => {
    // What went is gone: an answer would not be sent any more.
    question = false;
    if (!select || form != owner) return;
    if (booking_url && !talk) select.disabled = true;
    else box?.remove();
  });
  for (const form of knownForms()) look(form);
}
