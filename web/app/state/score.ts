// What the visitor's page says about the score while the form is being filled in.
import { signal } from "@preact/signals";
import type { Band, Reason } from "../api/types";

/** A reason as the widget tells it: with the number of its rule, and which of the two scores it counts to. */
export interface LiveReason extends Reason {
  rule: number;
  /** 1, or 0 where it counts to engagement. */
  fit: number;
}

/** The detail of an `assay:score` event. */
export interface LiveScore {
  band: Band;
  grade: string;
  engagement: number;
  fit: number;
  reasons: LiveReason[];
}

/** The newest score of the demo site's visitor. */
export const score = signal<LiveScore | undefined>(undefined);

/** Whether the page that the visitor is on has a form that is scored. */
export const onForm = signal(false);
