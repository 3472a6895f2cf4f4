// The page around the widget: its tag, its privacy signals, its event loop.
const script = document.currentScript as HTMLScriptElement;

/**
 * The public site key, the page's own word on consent, which the site's settings outrank, and whose answer to the question of
 * consent is listened to, from the tag.
 */
export const { site, consent: pageConsent, cmp } = script.dataset;

/** An address on the host that served this script. */
export const url = (path: string) => new URL(path, script.src).href;

/** Global Privacy Control or Do Not Track: nothing is stored, no visitor id and no evidence leave. */
export const privacySignal =
  (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl || (navigator.doNotTrack as any) > 0;

/** The browser's clock in milliseconds; the server's follows from it and the boot answer. */
export const now = Date.now;

/** 128 random bits: a visitor's or a touch's id. `randomUUID` would need a secure context. */
export const randomId = () => crypto.getRandomValues(new Uint32Array(4)).join("-");

/** Makes a function that can never break the page, neither when it is called nor by what it awaits. */
export const guard =
  <A extends unknown[]>(fn: (...args: A) => unknown) =>
  async (...args: A) => {
    try {
      await fn(...args);
    } catch (err) {
      console.warn("assay:", err);
    }
  };

/** Milliseconds: after the event's own work and paint, before anybody waits for it. */
const SOON = 50;

/** Makes a function that has work done soon, outside the event that asks for it, and once however often it is asked. */
export function soon(work: () => void) {
  let asked = false;
  const run = guard(() => {
    asked = false;
    work();
  });
  return () => {
    if (!asked) setTimeout(run, SOON);
    asked = true;
  };
}

/** What is listened to, so that trees which are met later hear the same. */
export const heard: [type: string, fn: (event: Event) => void, capture: true][] = [];

/**
 * Listens to everything of one type on the page, before the page's own handlers. None is of a type that a browser would
 * wait for before it scrolls.
 */
export function on(type: string, fn: (event: any) => void) {
  heard.push([type, guard(fn), true]);
  addEventListener(...heard.at(-1)!);
}

/** Where forms may be: the page, and the shadow trees and frames of its own that were met. */
export const roots: ParentNode[] = [document];

/** Whether an element is one of those selected. A form's own `matches` may be one of its fields. */
export const matches = (element: Element, selector: string) => Element.prototype.matches.call(element, selector);

/** All elements that are selected, of the page and the trees that belong to it. */
export const all = <E extends HTMLElement>(selector: string) => roots.flatMap((root) => [...root.querySelectorAll<E>(selector)]);

/** Tells the page about a form, out of shadow trees too. */
export const emit = (form: HTMLFormElement, name: string, detail?: unknown) =>
  form.dispatchEvent(new CustomEvent("assay:" + name, { bubbles: true, composed: true, detail }));

/** Writes text as UTF-8. */
export const encoder = new TextEncoder();

/** Cuts a text to the 2000 bytes that a touch and a case can hold, between characters. */
export const fit = (text: string) => text.slice(0, encoder.encodeInto(text, new Uint8Array(2000)).read);

/** An address without query and fragment, which may say more than is our business. */
export const bare = (address: string) => fit(address.split(/[?#]/)[0]);

/**
 * Asks our host and reads the answer, without the visitor's cookies and the page's address. What has a body is sent even if the
 * page goes, and without a preflight. Rejects with the status of a refusal, else with whatever went wrong: a page may have put
 * its own function in place of `fetch`.
 */
export async function get(path: string, as: "json" | "arrayBuffer" | "text", body?: string): Promise<any> {
  const answer = await fetch(url(path), {
    credentials: "omit",
    referrerPolicy: "no-referrer",
    method: body && "POST",
    keepalive: body as any, // whether there is one
    body,
  });
  if (!answer.ok) throw answer.status;
  return answer[as]();
}
