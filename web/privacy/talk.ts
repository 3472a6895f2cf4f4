// Asks the page whose notice opened this one. This page itself holds nothing, so whoever opened it learns nothing from it.
import type { Question } from "../widget/record";
import { checked, type Held } from "./check";

/** How far the asking has come. */
export type Talk =
  | { is: "asking" }
  /** Not opened from a notice. */
  | { is: "direct" }
  /** Opened from a notice, but nobody answers any more. */
  | { is: "silent" }
  | { is: "told"; from: string; held: Held };

/** Milliseconds between two calls, and how often to call: the module that answers may have to be fetched first. */
const CALL_EVERY = 300;
const CALLS = 30;
/** Milliseconds within which a question is answered, on a slow machine too. */
const PATIENCE = 5000;

/** Deepest nesting of frames that is asked. */
const DEPTH = 5;

/** The window that opened this one and those around it: a notice may stand in a frame, and the script in the page around. */
function around(opener: Window) {
  const windows = [opener];
  for (let { parent } = opener; parent && !windows.includes(parent) && windows.length < DEPTH; { parent } = parent) windows.push(parent);
  return windows;
}

/** What a notice's link says of the page that it is on: a key of its own, and the origin that alone is asked and believed. */
function invitation() {
  const [key, named] = location.hash.slice(1).split(",");
  try {
    const { origin } = new URL(named);
    return { key, from: origin === named ? origin : "" };
  } catch {
    return { key, from: "" };
  }
}

/** Begins to ask, and tells each change. The function that it gives asks again, and what else it is given. */
export function talk(tell: (talk: Talk) => void): (question: Question) => Promise<boolean> {
  const opener: Window | null = window.opener;
  const { key, from } = invitation();
  const invited = opener && key && from;
  let port: MessagePort | undefined;
  let asked = 0;
  let acting = false;
  let calling = false;
  /** Settles the last question. */
  let settle = (_: Held | undefined) => {};

  const lost = () => {
    port?.close();
    port = undefined;
    tell({ is: "silent" });
  };

  /** Calls until somebody answers. Each call says no more than that this page is here. */
  async function call() {
    if (calling) return;
    calling = true;
    for (let n = 0; n < CALLS && !port; n++) {
      if (!opener || opener.closed) break;
      for (const asked of around(opener)) asked.postMessage({ assay: "privacy", key }, from);
      await new Promise((resolve) => setTimeout(resolve, CALL_EVERY));
    }
    calling = false;
    if (!port) lost();
  }

  addEventListener("message", ({ source, data, origin, ports }) => {
    if (port || origin !== from || !opener || !around(opener).includes(source as Window) || data?.assay !== "privacy" || ports.length !== 1) return;
    port = ports[0];
    port.onmessage = ({ data }) => data?.n === asked && settle(checked(data.held));
    port.addEventListener("close", lost);
    ask("read");
  });

  async function ask(question: Question) {
    if (!port) {
      if (!invited) return false;
      tell({ is: "asking" });
      call();
      return false;
    }
    if (opener?.closed) {
      lost();
      return false;
    }
    if (acting) return false; // what was asked for tells how things are then
    acting = question !== "read";
    const n = ++asked;
    const held = await new Promise<Held | undefined>((resolve) => {
      settle = resolve;
      port?.postMessage({ ask: question, n });
      setTimeout(resolve, PATIENCE);
    });
    if (n !== asked) return false; // asked again meanwhile
    acting = false;
    if (held) tell({ is: "told", from, held });
    else lost();
    return !!held;
  }

  if (!invited) tell({ is: "direct" });
  else {
    tell({ is: "asking" });
    call();
    addEventListener("focus", () => port && ask("read"));
    document.addEventListener("visibilitychange", () => port && !document.hidden && ask("read"));
  }
  return ask;
}
