// What is told of a form without a submit: the visit, the form and the page, and nothing that was entered.
import { serverNow } from "./clock";
import { attribute } from "./element";
import type { Touch, Visit } from "./state";
import type { Tools } from "./tools";
import { KINDS } from "./vocabulary";

/** A touch of another type than a submit, with its evidence and without a claim. */
export type Report<T extends string> = Omit<Touch, "type"> & { type: T };

/** Makes one about a form, with the visit that shows it. */
export function report<T extends string>(tools: Tools, type: T, form: HTMLFormElement, visit: Visit): Report<T> {
  const [site, , , , , , , formName, , , , present, , , prove] = tools;
  const [{ visitor }, { forms }] = present();
  const name = formName(form)!;
  const kind = forms[name]?.kind || attribute(form, "kind")!;
  const touch = {
    id: crypto.getRandomValues(new Uint32Array(4)).join("-"),
    type,
    site,
    visitor,
    at: new Date(serverNow(visit) * 1000).toJSON(),
    form: name,
    form_kind: KINDS.includes(kind) ? kind : "other",
    page: (location.origin + location.pathname).slice(0, 2000),
    profile: {},
    answers: {},
    visits: [],
    consent: true,
  } as Report<T>;
  prove(touch as unknown as Touch, [visit], 0);
  delete touch.claim;
  return touch;
}

/** Sends one to our host, once: without the visitor's cookies and the page's address, and also from a page that goes, if told so. */
export const post = (touch: Report<string>, keepalive?: boolean) =>
  fetch(new URL("/v1/touches", import.meta.url), {
    method: "POST",
    body: JSON.stringify(touch),
    credentials: "omit",
    referrerPolicy: "no-referrer",
    keepalive,
  });
