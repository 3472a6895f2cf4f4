// The way of one submit: from the visitor's press to the alert painted on the rep's side.
import { signal } from "@preact/signals";
import type { AlertEntry } from "../api/types";

/** How far the newest submit has come; `ms` is from the press to the paint. */
export type Crossing =
  | { step: "none" }
  | { step: "under_way"; email: string; form: string; pressed: number; quietly: boolean }
  | { step: "arrived"; ms: number };

/** After this many milliseconds we say that this submit may raise no alert. */
const PATIENCE = 4000;

export const crossing = signal<Crossing>({ step: "none" });

let timer = 0;

/** The visitor pressed submit, just now. */
export function submitted(email: string, form: string) {
  clearTimeout(timer);
  const underWay = { step: "under_way", email: email.trim().toLowerCase(), form, pressed: performance.now() } as const;
  crossing.value = { ...underWay, quietly: false };
  timer = window.setTimeout(() => (crossing.value = { ...underWay, quietly: true }), PATIENCE);
}

/** An alert stands on the screen. */
export function painted({ data }: AlertEntry) {
  const way = crossing.value;
  if (way.step !== "under_way") return;
  const same = way.email ? data.who.email.toLowerCase() === way.email : data.form === way.form;
  if (!same) return;
  clearTimeout(timer);
  crossing.value = { step: "arrived", ms: performance.now() - way.pressed };
}
